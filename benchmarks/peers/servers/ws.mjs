// A bare relay: what one client of a desk sends goes to the others as it is. Keeps nothing.
import { WebSocketServer } from 'ws'
import { PORT } from './board.mjs'

const desks = new Map()
const server = new WebSocketServer({ port: PORT, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket, request) => {
  const seats = desks.get(request.url) ?? new Set()
  desks.set(request.url, seats.add(socket))
  socket.on('message', (payload, isBinary) => {
    for (const other of seats) if (other !== socket) other.send(payload, { binary: isBinary })
  })
  socket.on('close', () => seats.delete(socket))
  socket.send('{"t":"welcome"}')
})
