// What the phone keeps, in IndexedDB. Each version adds a store at the end and takes nothing away; "queue" alone was the first.
const NAME = "tsheg";
const STORES = ["queue", "keys", "drafts", "receipts", "aside", "notes"];

let opened;

function opening(version) {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, version);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const name of STORES.slice(oldVersion)) request.result.createObjectStore(name);
    };
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = () => (opened = null);
      database.onversionchange = ({ newVersion }) => {
        opened = database.close();
        if (!newVersion) location.replace(location.pathname);
      };
      done(database);
    };
  });
}

// A newer page may have added stores: then this one works on with those it knows.
async function database() {
  opened ??= opening(STORES.length).catch(() => opening());
  return opened.catch((error) => {
    opened = null;
    throw error;
  });
}

export async function read(name, key) {
  const store = (await database()).transaction(name).objectStore(name);
  const request = key ? store.get(key) : store.getAll();
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

// Ends when the disk has it: browsers no longer flush unless "strict" is asked for.
export async function change(names, work) {
  const transaction = (await database()).transaction(names, "readwrite", { durability: "strict" });
  work(...names.map((name) => transaction.objectStore(name)));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error);
  });
}
