// Where addresses lead, read in one way by all scripts of the book; no page here.
"use strict";

/**
 * The anchor that an address asks for, as it stands where it cannot be decoded: readers cut and paste
 * addresses, and a "%" that is left alone is no reason for a page to stop.
 * @param {{ hash: string }} address such as `location` or a link
 */
function anchorOf({ hash }) {
  const asked = hash.slice(1);
  try {
    return decodeURIComponent(asked);
  } catch {
    return asked;
  }
}
