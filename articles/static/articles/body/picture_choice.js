// Finds a picture: among those that are kept, or a new one by the admin's own form.

import { crel } from "django-prose-editor/editor";
import { ask, box, choice, choices, chosenIn } from "./dialog.js";

const WAIT = 250;
const UPLOADED = "id_body_picture"; // where the form of a new picture leaves its number
const found = new Map();

// What is known of a picture; nothing if none is called so.
export async function cardOf(cards, slug) {
  if (!found.has(slug)) await search(cards, { slug });
  return found.get(slug);
}

async function search(cards, question) {
  const answer = await fetch(`${cards}?${new URLSearchParams(question)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const result = await answer.json();
  for (const card of result.cards) found.set(card.slug, card);
  return result;
}

// Resolves to { slug } of the one chosen, to { remove: true }, or to {}.
export async function choosePicture(cards, current = "") {
  const words = crel("input", { type: "search", autocomplete: "off" });
  const news = crel("p", { className: "help", role: "status" });
  const list = choices("Pictures", []);
  list.classList.add("body-pictures");
  let asked = 0;

  async function look(question, pick = current) {
    const number = ++asked;
    let result;
    try {
      result = await search(cards, question);
    } catch {
      news.textContent = "The pictures cannot be reached just now. Close this and try again.";
      return;
    }
    if (number !== asked) return; // an answer to words that have changed since
    list.replaceChildren(list.firstElementChild, ...result.cards.map((card) => pictured(card, card.slug === pick)));
    news.textContent = summary(result, question.q);
  }

  let soon;
  words.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => look({ q: words.value.trim() }), WAIT);
  });
  look({});

  const answer = await ask({
    title: current ? "Another picture, or none" : "A picture for the text",
    content: [box("Find a picture", words), ...uploader(look), news, list],
    answers: [
      { value: "choose", text: current ? "Change the picture" : "Put it into the text" },
      ...(current ? [{ value: "remove", text: "Take the picture out" }] : []),
    ],
  });
  if (answer === "choose") return { slug: chosenIn(list) };
  return answer === "remove" ? { remove: true } : {};
}

function pictured(card, checked) {
  return choice({ group: "picture", value: card.slug, checked }, [
    crel("img", { src: card.address, alt: "", loading: "lazy" }),
    crel("span", { textContent: card.title }),
  ]);
}

function summary({ cards, more }, words) {
  if (!cards.length) return words ? "No picture fits these words." : "There are no pictures yet.";
  const number = cards.length === 1 ? "1 picture" : `${cards.length} pictures`;
  if (words) return more ? `The newest ${number} that fit. Type more to narrow them down.` : `${number} found.`;
  return more ? `The newest ${number}. Type to find others.` : `${number}, the newest first.`;
}

// A link to the form of a new picture, which the admin's scripts open in a window of its own and tell of its number.
function uploader(look) {
  const beside = document.getElementById("add_id_image");
  if (!beside) return [];
  const number = crel("input", { type: "hidden", id: UPLOADED });
  window.django.jQuery(number).on("change", async () => {
    await look({ pk: number.value });
    number.closest("dialog")?.querySelector("input[type=radio]")?.click();
  });
  const link = crel("a", {
    id: `add_${UPLOADED}`,
    className: "related-widget-wrapper-link",
    href: beside.href,
    textContent: "Upload a new picture",
    "data-popup": "yes",
  });
  return [crel("p", {}, [link, number])];
}
