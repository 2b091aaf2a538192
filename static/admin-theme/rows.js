// Adds rows to a table of names; without it there are three spare ones.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-add-row]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const body = document.getElementById(button.dataset.addRow).tBodies[0];
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      for (const input of row.querySelectorAll("input")) input.value = "";
      body.append(row);
      row.querySelector("input").focus();
    });
  }
});
