"use strict";

// The conversation is read from its end, unless the page points at one message.
function showEnd(talk) {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target && target.id !== "last" && talk.contains(target)) {
    target.classList.add("pointed");
    talk.scrollTop = target.offsetTop - talk.offsetTop - 80;
  } else {
    talk.scrollTop = talk.scrollHeight;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const talk = document.getElementById("talk");
  if (talk) showEnd(talk);
  for (const link of document.querySelectorAll("[data-back]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); history.length > 1 ? history.back() : location.assign("/console/"); });
  }
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", () => {
      if (form.classList.contains("export") || form.hasAttribute("hx-post")) return;
      setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
    });
  }
});

window.addEventListener("hashchange", () => { const talk = document.getElementById("talk"); if (talk) showEnd(talk); });
window.addEventListener("pageshow", (event) => { if (event.persisted) for (const button of document.querySelectorAll("form[method=post] button")) button.disabled = false; });
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt && event.detail.elt.id === "talk") event.detail.elt.scrollTop = event.detail.elt.scrollHeight; });
