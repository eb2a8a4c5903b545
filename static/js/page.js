// Enhancements only: every page works without this file.

const summary = document.getElementById("error-summary");
if (summary) {
  // Older browsers heed autofocus on form controls only.
  window.addEventListener("load", () => {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) summary.focus();
    });
  });
  // A link into the summary moves the focus, so typing can start at once.
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const control = link && document.getElementById(link.hash.slice(1));
    if (control) {
      event.preventDefault();
      control.focus();
    }
  });
}

// The server ignores a second post with the same key; this spares the person the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

// Coming back with the browser's button must find a form that can be sent.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.getElementById(button.dataset.status).textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A menu opened on a phone closes with Escape and gives the focus back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A line that may change while somebody else acts, looked at for the minutes the page says.
const LOOK_EVERY_MS = 5000;

function watch(box, left) {
  setTimeout(async () => {
    try {
      const answer = document.hidden ? null : await fetch(box.dataset.watch);
      if (answer && (!answer.ok || answer.redirected)) return;
      if (!answer) return watch(box, left);
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      // Said again only when it is news.
      if (fresh.content.textContent.trim() !== box.textContent.trim()) {
        box.replaceChildren(fresh.content);
      }
    } catch {
      // Off line for a moment: the next look may succeed.
    }
    if (left > 1) watch(box, left - 1);
  }, LOOK_EVERY_MS);
}

for (const box of document.querySelectorAll("[data-watch]")) {
  watch(box, (Number(box.dataset.watchMinutes) * 60000) / LOOK_EVERY_MS);
}
