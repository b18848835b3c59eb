// Prints what Python needs of the libraries: state.mjs board | hello
import { tldrawHello } from './protocols.mjs'
import { filled } from './servers/board.mjs'

process.stdout.write(process.argv[2] === 'board' ? Buffer.from(filled()) : tldrawHello())
