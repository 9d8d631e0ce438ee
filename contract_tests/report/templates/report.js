"use strict";
(() => {
  const form = document.getElementById("filter");
  const bodies = [...document.querySelectorAll(".matrix tbody[data-schema]")];
  const buttons = [...document.querySelectorAll(".fact button")];

  function open(button, expanded) {
    button.setAttribute("aria-expanded", String(expanded));
    document.getElementById(button.getAttribute("aria-controls")).classList.toggle("opened", expanded);
  }

  function filter() {
    const wanted = new FormData(form);
    const text = wanted.get("text").trim().toLowerCase();
    let shown = 0;
    for (const body of bodies) {
      const fits = (!wanted.get("operation") || body.dataset.operation === wanted.get("operation"))
        && (!wanted.get("schema") || body.dataset.schema === wanted.get("schema"));
      let any = false;
      for (const row of body.querySelectorAll(".fact")) {
        const matches = fits
          && (wanted.get("state") === "all" || row.dataset.states.split(" ").includes(wanted.get("state")))
          && (!text || row.dataset.text.includes(text));
        row.hidden = !matches;
        row.nextElementSibling.hidden = !matches;
        any ||= matches;
        shown += matches;
      }
      body.hidden = !any;
    }
    document.getElementById("count").textContent = `${shown.toLocaleString("en")} of ${buttons.length.toLocaleString("en")} facts`;
    document.querySelector(".none-left").hidden = shown > 0;
  }

  function showAll(schema = "") {
    form.reset();
    form.elements.state.value = "all";
    form.elements.schema.value = schema;
    filter();
  }

  function move(from, step) {
    const visible = buttons.filter((button) => button.offsetParent !== null);
    const next = visible[visible.indexOf(from) + step];
    if (next) next.focus();
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    const fold = target.querySelector(":scope > details.evidence-fold");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }

  async function copy(button) {
    const text = button.previousElementSibling;
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Selected";
    }
  }

  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("clear").addEventListener("click", () => {
      showAll();
      form.elements.text.focus();
    });
    for (const link of document.querySelectorAll("a[data-schema]")) {
      link.addEventListener("click", () => showAll(link.dataset.schema));
    }
    filter();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[aria-expanded], button.copy");
    if (!button) return;
    if (button.matches(".copy")) copy(button);
    else open(button, button.getAttribute("aria-expanded") !== "true");
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inFact = event.target.matches?.(".fact button");
    const typing = event.target.matches?.("input[type=search], select, textarea");
    if (inFact && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.target, event.key === "ArrowDown" ? 1 : -1);
    } else if (inFact && event.key === "Escape") {
      open(event.target, false);
    } else if (form && event.key === "/" && !typing) {
      event.preventDefault();
      form.elements.text.focus();
    }
  });

  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(".finding > details")) fold.open = true;
  });
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
})();
