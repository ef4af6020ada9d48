// The records of quotes in the story's form: the rows under "Quotes", read and added to as an editor would by hand.

const FEW_WORDS = 6;
const LONGEST = 60;
const PAIRS = { "“": "”", '"': '"', "‘": "’", "'": "'", "„": "“", "«": "»" };

const group = () => document.getElementById("quotes-group");

// Rows that will be there after a save, in the order of the form.
export function quoteRows() {
  return [...(group()?.querySelectorAll(".inline-related:not(.empty-form)") ?? [])].filter(
    (row) => !row.querySelector("[name$='-DELETE']:checked"),
  );
}

export const slugOf = (row) => valueOf(row, "slug").toLowerCase();
export const wordsOf = (row) => valueOf(row, "text");

// Who said it and when, as far as the row tells yet.
export function whoIn(row) {
  return [valueOf(row, "source") || "no source yet", valueOf(row, "said_on")].filter(Boolean).join(", ");
}

// Somebody who may only read the rows has no boxes, but the same words.
function valueOf(row, name) {
  const box = boxOf(row, name);
  if (box?.matches("select")) return box.selectedOptions[0]?.value ? box.selectedOptions[0].textContent.trim() : "";
  return (box ? box.value : (row.querySelector(`.field-${name} .readonly`)?.textContent ?? "")).trim();
}

function boxOf(row, name) {
  return row.querySelector(`:is(input, textarea, select)[name$="-${name}"]`);
}

// The slug of a row that has none yet is made here: the server keeps it, so that a mark and its record agree.
export function slugFor(row) {
  if (!slugOf(row)) fill(row, "slug", newSlug(wordsOf(row)));
  return slugOf(row);
}

// From the first words, never from a name: who is not named today may have to stay so. The last letters keep it apart
// from the slugs of other stories that quote the same words.
export function newSlug(words) {
  const first = (words.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, FEW_WORDS);
  const random = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => (byte % 36).toString(36)).join("");
  return `${first.join("-").slice(0, LONGEST) || "quote"}-${random}`;
}

export const mayAddRow = () => Boolean(adder());
const adder = () => group()?.querySelector(".add-row:not([style*='none']) a");

export function addRow(words) {
  adder().click();
  const row = group().querySelector(".empty-form").previousElementSibling;
  fill(row, "text", words);
  slugFor(row);
  return row;
}

function fill(row, name, value) {
  const box = boxOf(row, name);
  if (!box) return;
  box.value = value;
  for (const event of ["input", "change"]) box.dispatchEvent(new Event(event, { bubbles: true }));
}

// Words as a record holds them: without the quotation marks around them, and without a comma before the last one.
export function bare(words) {
  const text = words.trim().replace(/\s*,$/, "");
  const end = PAIRS[text[0]];
  const inside = text.slice(1, -1);
  if (!end || text.at(-1) !== end || inside.includes(end) || inside.includes(text[0])) return text;
  return inside.trim().replace(/\s*,$/, "");
}

// As the server compares them: house typography is no difference.
export function folded(words) {
  return words
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‘’‚‹›′]/g, "'")
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/…/g, "...")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

// Calls back whenever a row is typed in, added or removed. Some boxes tell only jQuery of a change.
export function onRowsChanged(callback) {
  const listen = window.django.jQuery(document);
  const inGroup = (event) => event.target === document || event.target.closest?.("#quotes-group");
  const tell = (event) => inGroup(event) && callback(event.target);
  listen.on("input change formset:added formset:removed", tell);
  return () => listen.off("input change formset:added formset:removed", tell);
}
