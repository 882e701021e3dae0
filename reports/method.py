"""How the figures of a report are made, and what they cannot say, in plain words."""

from __future__ import annotations

METHOD = (
    "Figures are what clients wrote in follow-up surveys, or what staff keyed in from a call, a visit or a paper that is on "
    "file. Each one leads back to its message or paper. A correction keeps the day, replaces the value and leaves the old "
    "value on record.",
    "Changes of sales, exports and jobs go from one figure to the next: from the baseline to the first follow-up, from there "
    "to the second. The change of a period is the sum of the increments told in it, so that quarters add up to the year. "
    "Financing, jobs retained, business starts and new exporters are sums of what was told in the period.",
    "Sales and exports are those of one month, as told for the month before the survey. A change of US$1,500 means US$1,500 "
    "more in a month, not in the year.",
    "A part-time job counts as half a full-time equivalent. Owners are not counted. Jobs created are the gains of the "
    "businesses that grew, jobs lost the losses of those that shrank. Net jobs add up over periods; created and lost do not, "
    "since a business that shrinks and grows again within the year has changed nothing over the year.",
    "Jobs retained are jobs that would have been lost, as the client says, and never more than there were before or are now. "
    "They are no part of the jobs created.",
    "A change is attributed when the client wrote, in the survey that ends it, that the center helped or helped partly. Staff "
    "verify a figure against what they have seen: books, tax returns, a payroll, a visit, or a signed statement.",
    "Tiers nest in businesses, not in amounts: every business of a later column is in those before it, but a verified figure "
    "may carry the change of an unverified one before it, so that an amount can be larger in a later column.",
    "Each increment is converted into US dollars at the rate of its own day. A devaluation is therefore neither a gain nor a "
    "loss of sales. An increment that begins in one currency and ends in another is counted in US dollars alone.",
    "What was not asked, skipped, refused, not known or not converted is counted apart and never taken for zero.",
    "A business is counted once, however many centers it is a client of. Groups add up to the total, except by center and by "
    "service area, where a business can stand in several lines.",
    "Youth are persons of 15 to 29 years in the year of their first figure. Long-term clients had 5 hours of advice or more "
    "since the fiscal year began, over the whole network. The client type is that of the first figures.",
)
"""The rules."""

LIMITS = (
    "Figures are told by clients. Verification lowers the risk of error; it does not remove it.",
    "Attribution is the client's own judgment, not a comparison with similar businesses without help.",
    "Those who answer may do better or worse than those who do not. The extrapolation assumes that they do not differ within "
    "a center.",
    "The results are those of the respondents. The extrapolation is printed beside them, never in their place.",
    "A business that closed or cannot be reached tells no loss.",
)
"""What a reader must not conclude."""
