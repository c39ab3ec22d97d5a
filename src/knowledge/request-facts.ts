/** How a request was answered, without anything that the caller sent: the route is its pattern, such as `/a/:id`. */
export type RequestFacts = {
  readonly id: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
};
