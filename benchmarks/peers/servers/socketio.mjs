// A relay on socket.io as Excalidraw's room server is: what one sends goes to the room. Keeps nothing.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { PORT } from './board.mjs'

const server = createServer()
const io = new Server(server, { transports: ['websocket', 'polling'] })
io.on('connection', (socket) => {
  io.to(socket.id).emit('init-room')
  socket.on('join-room', async (room) => {
    await socket.join(room)
    const sockets = await io.in(room).fetchSockets()
    if (sockets.length <= 1) io.to(socket.id).emit('first-in-room')
    else socket.broadcast.to(room).emit('new-user', socket.id)
    io.in(room).emit('room-user-change', sockets.map((each) => each.id))
  })
  socket.on('server-broadcast', (room, content, iv) => {
    socket.broadcast.to(room).emit('client-broadcast', content, iv)
  })
})
server.listen(PORT, '127.0.0.1')
