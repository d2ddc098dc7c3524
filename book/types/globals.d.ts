// What the scripts of the book find on a page: what one gives to the next, and the files that the
// build writes beside them (helpers/publish/search.py, helpers/publish/cards.py).

type Folding = ReturnType<typeof import("../static/folding").makeFolding>;
type Asking = ReturnType<typeof import("../static/asking").makeAsking>;
