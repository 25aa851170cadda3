// What every page needs beyond HTML and htmx: table roles that survive cards, one signing per click.

/** Give tables shown as cards the roles that `display: block` takes away in some browsers. */
function keepTableRoles(root) {
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", tr: "row", td: "cell" };
  for (const table of root.querySelectorAll("table.cards")) {
    for (const [tag, role] of Object.entries(roles)) {
      for (const part of [table, ...table.querySelectorAll(tag)]) {
        if (part.localName === tag) part.setAttribute("role", role);
      }
    }
    for (const head of table.querySelectorAll("th")) {
      head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
    }
  }
}

/** A second click on a button that writes must not write twice; `pageshow` frees a page gone back to. */
function signOnce() {
  let sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = new WeakSet();
    document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
}

/** After a refused form the reader starts at the summary of what is wrong. */
function goToErrors() {
  document.querySelector("[data-focus-first]")?.focus();
}

keepTableRoles(document);
document.addEventListener("htmx:load", (event) => keepTableRoles(event.target));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
signOnce();
goToErrors();
