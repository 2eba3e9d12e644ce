// After an interruption the page asks for itself again, before anyone clicks.
//
// A server that was restarted knows nothing of this page. Streamlit's front end connects again but asks for
// nothing; the first click would open the session, and a click that opens a session is taken for the state
// the page was opened with: it is lost. Streamlit's own key for "run again" opens the session first.

const CONNECTED = "CONNECTED";
const RUN_AGAIN = "r";

let app;
let wasConnected = false;
let wasInterrupted = false;

function look() {
  const isConnected = app.dataset.testConnectionState === CONNECTED;
  if (!isConnected) wasInterrupted = wasConnected;
  else if (wasInterrupted) {
    wasInterrupted = false;
    for (const kind of ["keydown", "keyup"])
      document.dispatchEvent(new KeyboardEvent(kind, { key: RUN_AGAIN, bubbles: true }));
  }
  wasConnected ||= isConnected;
}

const finder = new MutationObserver(() => {
  app = document.querySelector("[data-test-connection-state]");
  if (!app) return;
  finder.disconnect();
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-connection-state"] });
  look();
});
finder.observe(document.body, { childList: true, subtree: true });
