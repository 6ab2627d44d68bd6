/** A refusal of the control API. */
export class ControlError extends Error {
  readonly status: 400 | 403 | 404

  constructor(status: 400 | 403 | 404, message: string) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}
