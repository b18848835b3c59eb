// tldraw sync; FOLDER puts its rooms into its SQLite storage, one file a desk.
import { DatabaseSync } from 'node:sqlite'
import {
  DEFAULT_INITIAL_SNAPSHOT,
  InMemorySyncStorage,
  NodeSqliteWrapper,
  SQLiteSyncStorage,
  TLSocketRoom,
} from '@tldraw/sync-core'
import { WebSocketServer } from 'ws'
import { FOLDER, NOTES, PORT } from './board.mjs'
import { noteShape } from './shapes.mjs'

const snapshot = {
  ...DEFAULT_INITIAL_SNAPSHOT,
  documents: [
    ...DEFAULT_INITIAL_SNAPSHOT.documents,
    ...Array.from({ length: NOTES }, (_, number) => ({ state: noteShape(number), lastChangedClock: 0 })),
  ],
}

function storage(desk) {
  if (!FOLDER) return new InMemorySyncStorage({ snapshot })
  const sql = new NodeSqliteWrapper(new DatabaseSync(`${FOLDER}/${desk}.sqlite`))
  return SQLiteSyncStorage.hasBeenInitialized(sql)
    ? new SQLiteSyncStorage({ sql })
    : new SQLiteSyncStorage({ sql, snapshot })
}

const rooms = new Map()
const server = new WebSocketServer({ port: PORT, host: '127.0.0.1' })
server.on('connection', (socket, request) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  const desk = pathname.slice(1)
  if (!rooms.has(desk)) rooms.set(desk, new TLSocketRoom({ storage: storage(desk) }))
  rooms.get(desk).handleSocketConnect({ sessionId: searchParams.get('session'), socket })
})
