// Who else has the story open, and what happened to it meanwhile: asked every twenty seconds while the page is seen.

const EVERY = 20_000;
const JUST_ASKED = 5_000;

export function presence(seat, wire, isUnsaved) {
  const list = seat.querySelector("[data-people]");
  const news = seat.querySelector("[data-news]");
  const moved = seat.querySelector("[data-moved]");
  let names = [...list.children].map((item) => item.dataset.who);
  let asked = 0;

  function ask() {
    asked = Date.now();
    wire.beat();
  }

  wire.listen((answer) => {
    if (answer.people) show(answer.people);
    if (answer.happened) {
      moved.textContent = `${answer.happened} ${isUnsaved() ? "Your text is safe; saving will bring both together." : "Reload the page to see it."}`;
    }
  });

  // The minutes count up in silence; who comes and who goes is read out.
  function show(people) {
    list.replaceChildren(...people.map(line));
    const there = people.map((person) => person.who);
    const came = people.filter((person) => !names.includes(person.who)).map((person) => person.text);
    const left = names.filter((name) => name && !there.includes(name)).map((name) => `${name} has left.`);
    if (came.length || left.length) news.textContent = [...came, ...left].join(" ");
    names = there;
  }

  setInterval(() => document.visibilityState === "visible" && ask(), EVERY);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - asked > JUST_ASKED) ask();
  });
  addEventListener("pageshow", (event) => event.persisted && ask());
  ask();
}

function line({ text }) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
