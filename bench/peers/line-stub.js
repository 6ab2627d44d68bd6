// Takes every reply at once: what is measured is the peer, not LINE.
const { createServer } = require('node:http')

const server = createServer((req, res) => {
  req.resume()
  req.on('end', () => res.setHeader('content-type', 'application/json').end('{"sentMessages":[]}'))
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
