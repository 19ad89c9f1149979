// Counts the 字数 of a text field with data-length-of="ID" while it is typed, and says in that element
// how many are missing. The rule is written the same in research/rules.py.

const BREAKS = /<\/?(?:address|article|blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)(?:[ \t\r\n\f/][^<>]*)?>/gi;
const TAGS = /<\/?[a-z][^<>]*>/gi;
const COMMENTS = /<!--[\s\S]*?(?:-->|$)/g;
const ENTITIES = /&(?:(amp|lt|gt|quot|apos|nbsp)|#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5}));/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
// Signs that show nothing by themselves: joiners, marks of direction and of variants.
const UNSEEN = /[\u00ad\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e01ef}]/gu;
const SPACE = "\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const CJK = "\\u1100-\\u11ff\\u2e80-\\u2fff\\u3001-\\u4dbf\\u4e00-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff"
  + "\\uf900-\\ufaff\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff01-\\uffef"
  + "\\u{1b000}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
// Marks that Chinese shares with other scripts; an apostrophe within a word belongs to it.
const SHARED = "\\u00b7\\u2014\\u2015\\u2018\\u201c\\u201d\\u2025-\\u2027\\u2e3a";
const OTHER = `[^${SPACE}${CJK}${SHARED}\\u2019]+`;
const UNITS = new RegExp(`[${CJK}${SHARED}]|${OTHER}(?:\\u2019${OTHER})*|\\u2019`, "gu");

function character(_, name, decimal, hexadecimal) {
  if (name) return NAMED[name];
  return String.fromCodePoint(decimal ? parseInt(decimal, 10) : parseInt(hexadecimal, 16));
}

function textLength(text) {
  const plain = text.replace(COMMENTS, "").replace(BREAKS, " ").replace(TAGS, "")
    .replace(ENTITIES, character).replace(UNSEEN, "");
  return (plain.match(UNITS) || []).length;
}

function show(field) {
  const place = document.getElementById(field.dataset.lengthOf);
  const length = textLength(field.value);
  const missing = Math.max(0, Number(place.dataset.least) - length);
  place.querySelector("[data-length]").textContent = length;
  place.querySelector("[data-missing]").textContent = missing ? `还差 ${missing} 字` : "字数已够";
  place.classList.toggle("report-length--enough", !missing);
}

for (const field of document.querySelectorAll("[data-length-of]")) {
  show(field);
  field.addEventListener("input", () => show(field));
}
