import { registerEnumType } from 'type-graphql';
import type { HoldStatus as LedgerStatus } from '../../ledger/hold-status';

/** As the object from which type-graphql makes an enum. */
export const HoldStatus = {
  OPEN: 'OPEN',
  CAPTURED: 'CAPTURED',
  RELEASED: 'RELEASED',
  ENDED: 'ENDED',
} as const satisfies { readonly [Status in LedgerStatus]: Status };

export type HoldStatus = LedgerStatus;

registerEnumType(HoldStatus, {
  name: 'HoldStatus',
  description: 'Whether a hold is open, or what closed it.',
  valuesConfig: {
    OPEN: { description: 'It still holds points.' },
    CAPTURED: { description: 'A capture took or gave back all that it still held.' },
    RELEASED: { description: 'It was released.' },
    ENDED: { description: 'Its end came; also after a part was captured.' },
  },
});
