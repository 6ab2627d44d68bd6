import { type LineAnswer, notFound, ok } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type ContentParts = Pick<LineParts, 'contents'>

/** Pictures, sounds and files that people sent. On the real service these paths live on api-data.line.me. */
export function contentEndpoints(parts: ContentParts): Endpoint[] {
  const download = (call: EndpointCall): LineAnswer => {
    const content = parts.contents.get(call.param('messageId'))
    return content ? { status: 200, bytes: { mime: content.mime, content: content.bytes } } : notFound()
  }
  const path = '/v2/bot/message/:messageId/content'
  return [
    { method: 'get', path, name: 'getContent', target: 'other', run: download },
    { method: 'get', path: `${path}/preview`, name: 'getPreview', target: 'other', run: download },
    {
      method: 'get',
      path: `${path}/transcoding`,
      name: 'getTranscoding',
      target: 'other',
      run: (call) => (parts.contents.get(call.param('messageId')) ? ok({ status: 'succeeded' }) : notFound()),
    },
  ]
}
