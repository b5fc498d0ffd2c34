// Asks every other second whether a room changed, while its page is seen, and adds what is new. What is being
// typed stands outside the part that is exchanged, and does not move.
const PAUSE = 2000;
const LONGEST = 60000;

function exchange(root, text) {
  const given = new DOMParser().parseFromString(text, "text/html");
  const decisions = root.querySelector("#decisions");
  const decided = given.querySelector("#decisions");
  if (decided && decided.dataset.state !== decisions.dataset.state) decisions.replaceWith(decided);
  const list = root.querySelector("#messages");
  const news = given.querySelector("#messages");
  for (const line of [...news.children]) {
    const here = document.getElementById(line.id);
    if (!here) list.append(line);
    else if (here.dataset.state !== line.dataset.state) here.replaceWith(line);
  }
  if (list.children.length) root.querySelector("#talk-empty")?.remove();
  const read = Number(news.dataset.last) > Number(list.dataset.last);
  list.dataset.last = news.dataset.last;
  return read;
}

// The form stays where it is on the screen, whatever grows above it.
function holding(form, change) {
  const top = form.getBoundingClientRect().top;
  const result = change();
  if (top < innerHeight) scrollBy(0, form.getBoundingClientRect().top - top);
  return result;
}

function tellRead(root) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.append("number", root.querySelector("#messages").dataset.last);
  fetch(root.dataset.reading, { method: "POST", body, redirect: "manual" }).catch(() => {});
}

export function start(root) {
  const form = document.getElementById("write");
  let tag = root.dataset.tag;
  let wait = PAUSE;
  let timer = 0;
  let asking = false;

  async function ask() {
    if (asking || document.hidden || !root.isConnected) return;
    asking = true;
    try {
      const answer = await fetch(root.dataset.live, {
        headers: { "If-None-Match": tag }, cache: "no-store", redirect: "manual",
      });
      // Signed out, or out of the room: nothing comes any more until the page is opened again.
      if (answer.type === "opaqueredirect" || answer.status === 404) return;
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? tag;
        const text = await answer.text();
        if (holding(form, () => exchange(root, text))) tellRead(root);
      }
      wait = answer.ok || answer.status === 304 ? PAUSE : Math.min(wait * 2, LONGEST);
    } catch {
      wait = Math.min(wait * 2, LONGEST);
    } finally {
      asking = false;
    }
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  timer = setTimeout(ask, PAUSE);
}
