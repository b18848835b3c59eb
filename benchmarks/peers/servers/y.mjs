// y-websocket's own server; FOLDER turns its LevelDB persistence on.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { DESKS, FOLDER, PORT, filled } from './board.mjs'

if (FOLDER) process.env.YPERSISTENCE = `${FOLDER}/leveldb`
const { getYDoc, setupWSConnection } = await import('@y/websocket-server/utils')

const update = filled() // always the same one, so that what was kept and this agree
for (let desk = 0; desk < DESKS; desk++) Y.applyUpdate(getYDoc(`desk${desk}`), update)
const sockets = new WebSocketServer({ noServer: true })
sockets.on('connection', setupWSConnection)
const server = createServer()
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
)
server.listen(PORT, '127.0.0.1')
