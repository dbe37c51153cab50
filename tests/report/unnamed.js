// Controls, regions, tables and pictures that a screen reader could not name.
const name = (element) => element.getAttribute("aria-label") || element.textContent.trim()
  || (element.id && document.querySelector(`label[for="${element.id}"]`)?.textContent)
  || (element.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent).join("");
const shown = (element) => element.offsetParent !== null;
const wanted = document.querySelectorAll("a, button, input, select, summary, nav, [role=group], [role=search]");
const tables = [...document.querySelectorAll("table")].filter(shown);
return [
  ...[...wanted].filter((element) => shown(element) && !name(element)).map((element) => element.outerHTML.slice(0, 80)),
  ...tables.filter((table) => !table.caption?.textContent || [...table.querySelectorAll("th")].some((head) => !head.scope))
    .map((table) => "table " + table.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll("img")].filter((image) => !image.alt).map(() => "img"),
];
