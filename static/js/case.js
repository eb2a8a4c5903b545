// Keeps a claimed case while somebody works on its page; every page and act extends it without this.

const lease = document.getElementById("lease");
if (lease) {
  let busy = true;
  for (const kind of ["keydown", "pointermove", "scroll", "input"]) {
    document.addEventListener(kind, () => { busy = true; }, { capture: true, passive: true });
  }

  const say = (text) => {
    lease.textContent = text;
  };

  const beat = async () => {
    // A page left alone gives the case back when the lease ends.
    if (!busy || document.hidden) return;
    busy = false;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("idempotency_key", crypto.randomUUID());
    try {
      const answer = await fetch(lease.dataset.heartbeat, { method: "POST", body });
      if (!answer.ok) return;
      const { until } = await answer.json();
      if (until) {
        say(lease.dataset.kept.replace("{}", until));
      } else {
        clearInterval(timer);
        say(lease.dataset.lost);
        lease.classList.add("is-lost");
      }
    } catch {
      // No line to the server: the next beat tries again, and the lease is longer than a few beats.
    }
  };

  const timer = setInterval(beat, lease.dataset.seconds * 1000);
}
