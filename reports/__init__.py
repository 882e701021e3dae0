"""From the data of a report to documents: HTML, PDF, XLSX, and a pack of all of them."""
