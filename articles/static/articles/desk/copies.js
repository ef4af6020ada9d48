// The copies that this browser keeps of what is typed: one for each open form, in case the desk cannot be reached.

const PLACE = "newsroom-typed";
const KEPT_FOR = 30 * 24 * 3600 * 1000;

export class Copies {
  constructor(person, story) {
    this.place = `${PLACE}/${encodeURIComponent(person)}/${story}/`;
  }

  // Whether there was room. A copy that could not be renewed is taken away: it would pass for the latest.
  keep(key, fields, { at, submitted = false }) {
    try {
      localStorage.setItem(this.place + key, JSON.stringify({ fields, at, submitted }));
      return true;
    } catch {
      this.drop(key);
      return false;
    }
  }

  drop(key) {
    try {
      localStorage.removeItem(this.place + key);
    } catch {
      // A browser that keeps nothing has nothing to drop.
    }
  }

  // Every copy of this person's forms of this story, the latest first.
  all() {
    const found = [];
    for (const [name, copy] of everyCopy()) {
      if (copy.at < Date.now() - KEPT_FOR) localStorage.removeItem(name);
      else if (name.startsWith(this.place)) found.push({ key: name.slice(this.place.length), ...copy });
    }
    return found.sort((one, other) => other.at - one.at);
  }
}

function everyCopy() {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(`${PLACE}/`))
      .map((name) => [name, JSON.parse(localStorage.getItem(name))]);
  } catch {
    return [];
  }
}

// While this page lives, other tabs can tell that the form is open here; after a crash, that it is not.
export function holdOpen(key) {
  navigator.locks?.request(`${PLACE}/${key}`, () => new Promise(() => {}));
}

// The forms that are open in this browser now; null in a browser that cannot say.
export async function openHere() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.slice(PLACE.length + 1)));
}
