// Hocuspocus as shipped; FLUSH_MS sets its own batching, FOLDER its database extension.
import { DatabaseSync } from 'node:sqlite'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { FOLDER, PORT, filled } from './board.mjs'

const update = filled() // always the same one, so that what was kept and this agree
const settings = {
  port: PORT,
  address: '127.0.0.1',
  quiet: true,
  timeout: 600_000, // the clients here may say nothing for a while
  extensions: [],
}
if (process.env.FLUSH_MS) settings.flushDelay = Number(process.env.FLUSH_MS)
if (FOLDER) {
  const db = new DatabaseSync(`${FOLDER}/hocuspocus.sqlite`)
  db.exec('create table if not exists documents (name text primary key, data blob)')
  const find = db.prepare('select data from documents where name = ?')
  const keep = db.prepare('insert or replace into documents values (?, ?)')
  settings.extensions.push(
    new Database({
      fetch: async ({ documentName }) => find.get(documentName)?.data ?? null,
      store: async ({ documentName, state }) => keep.run(documentName, state),
    }),
  )
}
settings.extensions.push({ onLoadDocument: async ({ document }) => Y.applyUpdate(document, update) })
await new Server(settings).listen()
