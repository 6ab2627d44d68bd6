// Its documentation's custom server: https://bottender.js.org/docs/advanced-guides-custom-server
const { bottender } = require('bottender')
const express = require('express')

const app = bottender({ dev: false })
const withRawBody = (req, _res, bytes) => {
  req.rawBody = bytes.toString()
}
app.prepare().then(() => {
  const handle = app.getRequestHandler()
  const server = express()
  server.use(express.json({ verify: withRawBody }))
  server.use((req, res) => handle(req, res))
  const listening = server.listen(0, '127.0.0.1', () => process.send({ port: listening.address().port }))
})
