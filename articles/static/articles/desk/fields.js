// What is typed into the form of a story, as a browser would send it, and how two states of it differ.

// Of the page or of a button, and not of the story.
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "_open_form", "_recover"]);
// How Django counts and finds rows; people neither type it nor miss it.
const MACHINERY = /^_|^seen_version$|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-(id|article)$/;
const ROW = /^(.+)-(\d+)-(.+)$/;
const TYPED_AT = "_typed_at";
const BEFORE = 40;
const SHOWN = 200;

export function fieldsOf(form) {
  const secrets = new Set([...form.querySelectorAll("[type=password]")].map((field) => field.name));
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || NOT_TYPED.has(name) || secrets.has(name) || name.includes("__prefix__")) continue;
    fields.append(name, value);
  }
  return fields.toString();
}

// As the page was sent: some browsers put back what was typed before a reload.
export function fieldsAsSent(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return fieldsOf(copy);
}

// The same with the moment it was typed, by this browser's clock: of two copies, the later can be told.
export function stamped(fields, at) {
  return `${fields}&${TYPED_AT}=${at}`;
}

export function stampOf(typed) {
  return Number(new URLSearchParams(typed).get(TYPED_AT) ?? 0);
}

// Every field in which `typed` differs from `shown`, with its name for people and both values, cut short.
export function differences(typed, shown, form) {
  const [mine, theirs] = [new URLSearchParams(typed), new URLSearchParams(shown)];
  const names = new Set([...theirs.keys(), ...mine.keys()].filter((name) => !MACHINERY.test(name)));
  const found = [];
  for (const name of names) {
    const [before, after] = [theirs.getAll(name), mine.getAll(name)];
    const control = controlOf(name, form);
    if (before.map((value) => plain(value, control)).join("\n") === after.map((value) => plain(value, control)).join("\n")) continue;
    found.push({ label: labelOf(name, control, form), ...shortened(inWords(before, control), inWords(after, control)) });
  }
  return found;
}

// The text fields that hold anything, in full: for somebody who may read the story only, to copy.
export function texts(typed, form) {
  return [...new URLSearchParams(typed)]
    .filter(([name, value]) => !MACHINERY.test(name) && /\s/.test(value.trim()))
    .map(([name, value]) => ({ label: labelOf(name, null, form), typed: /<\w/.test(value) ? wordsOf(value) : value }));
}

function controlOf(name, form) {
  const found = form.elements.namedItem(name) ?? form.elements.namedItem(name.replace(ROW, "$1-__prefix__-$3"));
  return found instanceof RadioNodeList ? found[0] : found;
}

function labelOf(name, control, form) {
  const [, rows, number, column] = ROW.exec(name) ?? [];
  const label = control?.labels?.[0]?.textContent.trim().replace(/:$/, "") || control?.getAttribute("aria-label");
  const own = label || (column ?? name).replaceAll("_", " ");
  if (!rows) return own;
  const group = form.querySelector(`#${CSS.escape(rows)}-group .inline-heading`)?.textContent.trim() || rows;
  return `${group}, ${Number(number) + 1}: ${own}`;
}

function inWords(values, control) {
  if (control?.type === "checkbox") return values.length ? "ticked" : "not ticked";
  if (control?.options) {
    return values.filter(Boolean).map((value) => nameOf(value, control)).join(", ");
  }
  return values.map((value) => (isRich(control) ? wordsOf(value) : value)).join("\n");
}

// A box that looks its choices up knows the names only of those it has shown.
function nameOf(value, select) {
  return [...select.options].find((option) => option.value === value)?.textContent.trim() ?? "another choice";
}

function plain(value, control) {
  const text = isRich(control) ? parsed(value).body.innerHTML : value;
  return text.replace(/\s+/g, " ").trim();
}

function isRich(control) {
  return Boolean(control?.closest(".prose-editor"));
}

function parsed(markup) {
  return new DOMParser().parseFromString(markup, "text/html");
}

function wordsOf(markup) {
  return [...parsed(markup).body.children].map((block) => block.textContent).join("\n");
}

// From a few words before the first difference on.
function shortened(was, typed) {
  let same = 0;
  while (same < was.length && same < typed.length && was[same] === typed[same]) same += 1;
  const start = Math.max(0, same - BEFORE);
  const cut = (text) => `${start ? "…" : ""}${text.slice(start, start + SHOWN)}${text.length > start + SHOWN ? "…" : ""}`;
  return { was: was && cut(was), typed: typed && cut(typed) };
}
