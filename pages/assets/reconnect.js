// After an interruption the page asks for itself again, before anyone clicks.
//
// A server that was restarted knows nothing of this page. Streamlit's front end connects again but asks for
// nothing; the first click would open the session, and a click that opens a session is taken for the state
// the page was opened with: it is lost. Streamlit's own key for "run again" opens the session first. A click
// that comes before that run is over would cut it short, and the link of another page carries no filter: such
// clicks wait until the server knows what this page shows.

const CONNECTED = "CONNECTED";
const IDLE = "notRunning";
const RUN_AGAIN = "r";
// A run that takes longer is no reason to keep a click.
const LONGEST_WAIT = 15_000;

let app;
let wasConnected = false;
let wasInterrupted = false;
// While the page is asked for again: the clicks that came meanwhile.
let waiting = null;
let hasBegun = false;

function look() {
  const isConnected = app.dataset.testConnectionState === CONNECTED;
  if (!isConnected) wasInterrupted = wasConnected;
  else if (wasInterrupted) {
    wasInterrupted = false;
    askAgain();
  } else if (waiting) {
    const isIdle = app.dataset.testScriptState === IDLE;
    if (isIdle && hasBegun) letGo();
    hasBegun ||= !isIdle;
  }
  wasConnected ||= isConnected;
}

function askAgain() {
  waiting = [];
  hasBegun = false;
  setTimeout(letGo, LONGEST_WAIT);
  for (const kind of ["keydown", "keyup"])
    document.dispatchEvent(new KeyboardEvent(kind, { key: RUN_AGAIN, bubbles: true }));
}

function hold(click) {
  if (!waiting || !app.contains(click.target)) return;
  click.stopImmediatePropagation();
  click.preventDefault();
  // The first of the path is what was clicked, also inside a component.
  waiting.push([click.composedPath()[0], click]);
}

function letGo() {
  const held = waiting ?? [];
  waiting = null;
  for (const [target, click] of held) if (target.isConnected) target.dispatchEvent(new click.constructor("click", click));
}

const finder = new MutationObserver(() => {
  app = document.querySelector("[data-test-connection-state]");
  if (!app) return;
  finder.disconnect();
  const attributeFilter = ["data-test-connection-state", "data-test-script-state"];
  new MutationObserver(look).observe(app, { attributeFilter });
  window.addEventListener("click", hold, { capture: true });
  look();
});
finder.observe(document.body, { childList: true, subtree: true });
