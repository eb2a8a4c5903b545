// Says in time that the session is about to end. Every page works without this file.

const notice = document.querySelector("[data-session]");
if (notice) {
  const idle = notice.querySelector("[data-session-idle]");
  const last = notice.querySelector("[data-session-last]");
  const warning = Number(notice.dataset.warningMinutes) * 60;
  const ASK_AGAIN_MS = 60000;
  let asked = Date.now();
  let timer;

  function plan(seconds, isLast) {
    clearTimeout(timer);
    const wait = Math.max(0, seconds - warning) * 1000;
    timer = setTimeout(() => {
      (isLast ? last : idle).hidden = false;
      notice.hidden = false;
    }, wait);
  }

  async function goOn() {
    asked = Date.now();
    try {
      const answer = await fetch(notice.dataset.session);
      if (!answer.ok || answer.redirected) return;
      const { seconds } = await answer.json();
      notice.hidden = idle.hidden = last.hidden = true;
      plan(seconds, seconds <= warning);
    } catch {
      // Off line for a moment: the next key tries again.
      asked = 0;
    }
  }

  // Whoever types or presses is there: said to the server once a minute, at once under the notice.
  for (const kind of ["keydown", "pointerdown"]) {
    document.addEventListener(kind, () => {
      if (!idle.hidden || Date.now() - asked > ASK_AGAIN_MS) goOn();
    });
  }
  plan(Number(notice.dataset.seconds), false);
}
