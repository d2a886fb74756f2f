import type { Limits } from '../config';
import type { PageLimits } from './answer-size';

/** The bounds of requests, and those of the API's pages, which the size of an answer depends on. */
export type HttpLimits = Limits & PageLimits;
