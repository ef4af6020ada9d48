// What somebody typed earlier and never saved, offered on return: from the desk, or from this browser if it has more.

import { differences, fieldsOf, stampOf, texts } from "./fields.js";
import { openHere } from "./copies.js";

export async function offers(form, seat, wire, copies) {
  const shown = fieldsOf(form);
  const kept = new Map(JSON.parse(document.getElementById("kept-at-the-desk").textContent).map(({ key, typed }) => [key, typed]));
  const letGo = new Set(JSON.parse(document.getElementById("let-go-of").textContent));
  const mayChange = seat.hasAttribute("data-may-change");
  const inOtherTabs = (await openHere()) ?? new Set([...kept.keys()].filter((key) => sectionOf(key).hidden));
  const differing = (typed) => (mayChange ? differences(typed, shown, form) : texts(typed, form));

  for (const copy of copies.all()) {
    if (copy.key === seat.dataset.key || inOtherTabs.has(copy.key)) continue;
    const isSaved = copy.submitted && letGo.has(copy.key);
    if (isSaved || (mayChange && !differing(copy.fields).length)) copies.drop(copy.key);
    else if (copy.at >= stampOf(kept.get(copy.key) ?? "")) offerCopy(copy);
    else sectionOf(copy.key).hidden = false;
  }
  for (const [key, typed] of kept) {
    const section = sectionOf(key);
    const rows = differing(typed);
    if (!section.hasAttribute("data-copy") && !rows.length) section.remove();
    else if (!section.hasAttribute("data-copy")) complete(section, key, rows);
  }
  wire.listen((answer) => {
    if (answer.elsewhere !== false || inOtherTabs.size) return;
    for (const section of seat.querySelectorAll(".offer[hidden]")) section.hidden = false;
  });

  function sectionOf(key) {
    return seat.querySelector(`.offer[data-key="${CSS.escape(key)}"]`);
  }

  // In place of what the desk keeps of the same form, which is not newer.
  function offerCopy(copy) {
    const section = seat.querySelector("[data-new-offer]").content.firstElementChild.cloneNode(true);
    section.setAttribute("data-copy", "");
    section.dataset.key = copy.key;
    section.querySelector("[data-when]").textContent = when(copy.at);
    const send = section.querySelector("form");
    send.elements._open_form.value = copy.key;
    if (send.elements._recover) send.elements._recover.value = "browser";
    for (const [name, value] of new URLSearchParams(copy.fields)) send.append(hidden(name, value));
    const old = sectionOf(copy.key);
    if (old) old.replaceWith(section);
    else seat.append(section);
    complete(section, copy.key, differing(copy.fields));
  }

  function complete(section, key, rows) {
    section.querySelector("form").before(foldOut(rows, mayChange));
    section.querySelector("[data-let-go]").addEventListener("click", async (event) => {
      event.preventDefault();
      const message = new FormData();
      message.set("csrfmiddlewaretoken", wire.token());
      message.set("_open_form", key);
      const { state } = await wire.post(seat.dataset.letGoAddress, message);
      const news = seat.querySelector("[data-news]");
      if (state !== "ok" && kept.has(key)) {
        news.textContent = "It is still kept: the desk does not answer. Try again in a moment.";
        return;
      }
      copies.drop(key);
      section.remove();
      news.textContent = "It is let go.";
      document.getElementById("content-start")?.focus();
    });
    section.querySelector("form").addEventListener("submit", () => wire.renewToken());
  }

  function when(at) {
    return new Intl.DateTimeFormat("en-GB", {
      day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: seat.dataset.zone,
    }).format(at).replace(" at ", ", ");
  }
}

function foldOut(rows, mayChange) {
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = mayChange ? "What differs from the story as it is now" : "What you typed";
  const box = document.createElement("div");
  Object.assign(box, { className: "offer-rows", tabIndex: 0, role: "group", ariaLabel: summary.textContent });
  const list = document.createElement("dl");
  box.append(list);
  for (const { label, was, typed } of rows) {
    const name = document.createElement("dt");
    name.textContent = label;
    list.append(name, ...(mayChange ? [said("Now", was), said("You typed", typed)] : [said("", typed)]));
  }
  fold.append(summary, box);
  return fold;
}

function said(who, text) {
  const line = document.createElement("dd");
  const name = document.createElement("b");
  name.textContent = who && `${who}: `;
  line.append(name, text || "nothing");
  return line;
}

function hidden(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}
