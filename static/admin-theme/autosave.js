// Keeps what is typed in the form of an entry, every few seconds and when the page is left; the server offers it again.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const PAUSE = 2000, AT_LEAST = 20000, AGAIN = 10000, ALIVE = 60000; // milliseconds, and the bytes a closing page may send
  const language = document.documentElement.lang || undefined;
  for (const time of document.querySelectorAll("time[data-local]"))
    time.textContent = new Date(time.dateTime).toLocaleString(language, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  const told = document.querySelector("[data-autosave]");
  const form = told?.closest("form");
  if (!form) return;
  const { autosave: url, user, state } = told.dataset;
  const leftOut = new Set(told.dataset.leftOut.split(" ").concat("csrfmiddlewaretoken"));
  const drawer = `scratch:${user}:${url}`;

  const typed = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && !leftOut.has(name) && !name.includes("__prefix__")) found.append(name, value);
    return found.toString();
  };

  let kept = state === "returned" ? null : typed(); // what the server has
  let seen = kept, seenAt = 0, keptAt = Date.now(), triedAt = 0;
  let problem = "", under_way = null, leaving = false;

  const say = (words, link) => {
    if (told.dataset.said === words) return;
    told.dataset.said = words;
    told.textContent = words;
    if (!link) return;
    const way = document.createElement("a");
    Object.assign(way, { href: told.dataset.signIn, target: "_blank", rel: "noopener", textContent: told.dataset.signInLabel });
    told.append(" ", way);
  };
  const fail = (what, words) => {
    problem = what;
    told.classList.add("autosave--problem");
    say(words || told.dataset[what], what === "signedOut" || what === "somebodyElse");
    try { sessionStorage.setItem(drawer, typed()); } catch { /* no room: the open page still has it */ }
  };
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
  const renew = (fresh) => { for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh; };
  const isData = (answer) => (answer.headers.get("content-type") || "").startsWith("application/json");

  const send = (body) => fetch(url, {
    method: "POST", body, keepalive: body.length < ALIVE, credentials: "same-origin",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token().value },
  });

  // After a sign-in, here or in another tab, the forms need its token; false when nobody, or somebody else, is signed in.
  const signedIn = async () => {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!isData(answer)) { fail(answer.redirected ? "signedOut" : "refused"); return false; }
    const found = await answer.json();
    if (String(found.user) !== user) { fail("somebodyElse"); return false; }
    renew(found.token);
    return true;
  };

  const attempt = async () => {
    const body = typed();
    triedAt = Date.now();
    try {
      let answer = await send(body);
      if (!isData(answer)) {
        if (!await signedIn()) return;
        answer = await send(body);
      }
      if (!isData(answer)) { fail("refused"); return; }
      const found = await answer.json();
      if (!answer.ok) { fail("refused", found.problem); return; }
      renew(found.token);
      kept = body; keptAt = Date.now(); problem = "";
      told.classList.remove("autosave--problem");
      say(told.dataset.saved.replace("{time}", new Date(found.saved_at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" })));
      sessionStorage.removeItem(drawer);
    } catch {
      fail("offline");
    }
  };
  const keep = () => (under_way ??= attempt().finally(() => { under_way = null; }));

  const look = () => {
    if (leaving) return;
    const now = Date.now(), current = typed();
    if (current !== seen) { seen = current; seenAt = now; }
    if (current === kept || (problem && now - triedAt < AGAIN)) return;
    if (now - seenAt >= PAUSE || now - keptAt >= AT_LEAST) keep();
  };
  const atOnce = () => { if (!leaving && typed() !== kept) keep(); };

  // Text of this tab that the server never got, from before a crash or a sign-in: hand it over, and be offered it.
  const left = sessionStorage.getItem(drawer);
  if (left && !state) send(left).then((answer) => {
    if (isData(answer) && answer.ok) { sessionStorage.removeItem(drawer); leaving = true; location.reload(); }
  }, () => {});

  setInterval(look, 500);
  document.addEventListener("visibilitychange", atOnce);
  addEventListener("focus", () => { if (problem) atOnce(); });
  addEventListener("online", atOnce);
  addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
  addEventListener("beforeunload", (event) => { if (!leaving && typed() !== kept) event.preventDefault(); });

  form.addEventListener("submit", async (event) => {
    if (leaving || typed() === kept) { leaving = true; return; }
    // The last words are kept first: a form that comes too late for its session would take them along.
    event.preventDefault();
    const button = event.submitter;
    await (under_way ?? Promise.resolve());
    await keep();
    if (["signedOut", "somebodyElse", "offline"].includes(problem)) { told.scrollIntoView({ block: "nearest" }); return; }
    leaving = true;
    form.requestSubmit(button?.form === form ? button : undefined);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=_continue], [name=_save]") || undefined);
  });
});
