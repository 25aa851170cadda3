// The intake form beyond HTML: the keyboard, the names of parties in the debts, errors beside the fields.

const form = document.getElementById("intake");
const verdict = document.getElementById("verdict");

/** Enter walks to the next field, as clerks know it from accounting programs; Ctrl+Enter registers. */
function walkWithEnter(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[data-register]"));
    return;
  }
  if (!event.target.matches("input, select") || event.shiftKey) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("input, select, textarea, button[data-register]")].filter(
    (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.checkVisibility?.() !== false && stop.type !== "hidden",
  );
  const next = stops[stops.indexOf(event.target) + 1];
  next?.focus();
  next?.select?.();
}

/** Fields of the other kind of party are hidden by CSS; here they also stop being sent. */
function sendOnlyShown(party) {
  const kind = party.querySelector('input[name$=".kind"]:checked')?.value;
  for (const other of ["natural", "legal"]) {
    for (const field of party.querySelectorAll(`.of-${other} :is(input, select)`)) {
      field.disabled = Boolean(kind) && other !== kind;
    }
  }
}

function partyNames(what) {
  return [...form.querySelectorAll(`[data-party="${what}"]`)].map((party) => {
    const number = Number(party.dataset.index) + 1;
    const named = [...party.querySelectorAll("[data-name]")].find((field) => !field.disabled && field.value.trim());
    return { value: party.dataset.index, label: named ? `${number}. ${named.value.trim()}` : `${number}` };
  });
}

function sameChoices(now, wanted) {
  return now.length === wanted.length && wanted.every((w, i) => now[i].value === w.value && now[i].label === w.label);
}

/** Debts name parties by their place in the form: keep their choices equal to what is typed above. */
function renameInDebts() {
  const claimants = partyNames("claimants");
  for (const select of form.querySelectorAll("select[data-claimants]")) {
    if (sameChoices([...select.options], claimants)) continue;
    const chosen = select.value;
    select.replaceChildren(...claimants.map(({ value, label }) => new Option(label, value)));
    select.value = claimants.some(({ value }) => value === chosen) ? chosen : claimants[0]?.value;
  }
  form.querySelectorAll("[data-debtors]").forEach((box) => renameDebtors(box, partyNames("debtors")));
}

function renameDebtors(box, debtors) {
  const ticks = [...box.querySelectorAll("label")];
  const now = ticks.map((tick) => ({ value: tick.querySelector("input").value, label: tick.textContent.trim() }));
  if (sameChoices(now, debtors)) return;
  const ticked = new Set([...box.querySelectorAll("input:checked")].map((input) => input.value));
  const renamed = debtors.map(({ value, label }) => {
    const tick = ticks[0].cloneNode(true);
    const input = tick.querySelector("input");
    Object.assign(input, { value, id: `${input.name}.${value}`, checked: ticked.has(value) });
    tick.querySelector("span").textContent = label;
    return tick;
  });
  const held = box.contains(document.activeElement) ? document.activeElement.value : null;
  box.replaceChildren(...renamed);
  if (held !== null) box.querySelector(`input[value="${held}"]`)?.focus();
}

/** The live check names wrong values; they are also said beside the field, once it is left. */
function placeErrors() {
  const found = new Map([...verdict.querySelectorAll("[data-error-for]")].map((e) => [e.dataset.errorFor, e.dataset.text]));
  for (const place of form.querySelectorAll("p.error[data-for]")) {
    const text = found.get(place.dataset.for) ?? "";
    const field = document.getElementById(place.dataset.for);
    if (field && field === document.activeElement && !field.hasAttribute("aria-invalid")) continue;
    place.textContent = text;
    if (text) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}

/** What came on another day than today was, as a rule, applied for on that day too. */
function followReceipt() {
  const [received, applied] = ["received_on", "application.on"].map((name) => document.getElementById(name));
  if (!received || !applied) return;
  let before = received.value;
  received.addEventListener("change", () => {
    if (applied.value === before) applied.value = received.value;
    before = received.value;
  });
}

function refresh() {
  form.querySelectorAll("[data-party]").forEach(sendOnlyShown);
  renameInDebts();
}

followReceipt();
form.addEventListener("keydown", walkWithEnter);
form.addEventListener("change", refresh);
form.addEventListener("htmx:afterSettle", (event) => (verdict.contains(event.target) ? placeErrors() : refresh()));
refresh();
