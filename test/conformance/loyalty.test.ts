import { lotPage } from '../../src/ledger/lot-page';
import { LifeScenario } from '../ledger/life-scenario';
import { NaiveLife } from '../model/naive-life';
import { type LoyaltyDriver, playLoyaltyCase } from './loyalty-cases';
import { inventedCases, loyaltyCases } from './loyalty-stories';

const stories = [...loyaltyCases, ...inventedCases];

describe('the naive model passes the stories of expiry, reversals and holds', () => {
  test.each(stories)('$name ($why)', (story) => playLoyaltyCase(story, modelDriver()));
});

describe('the rules pass the stories of expiry, reversals and holds', () => {
  test.each(stories)('$name ($why)', (story) => playLoyaltyCase(story, rulesDriver()));

  test('no story is missing', () => expect(loyaltyCases).toHaveLength(94));
});

function modelDriver(): LoyaltyDriver {
  const life = new NaiveLife('member-1');
  return {
    run: (command, now, id) => life.run(command, now, id),
    read(now) {
      const books = life.at(now);
      return {
        points: books.points(),
        balances: books.balances(),
        held: books.heldByPayer(),
        pending: books.pendingByPayer(),
        lots: books.openLots(),
      };
    },
  };
}

function rulesDriver(): LoyaltyDriver {
  const scenario = new LifeScenario();
  return {
    run: (command, now, id) => scenario.run(command, now, id),
    read: (now) =>
      scenario.at(now, (account) => ({
        points: account.points,
        balances: account.balances(),
        held: Array.from(account.payers.values(), ({ payer, held }) => ({ payer, points: held })),
        pending: Array.from(account.payers.values(), ({ payer, pending }) => {
          return { payer, points: pending };
        }),
        lots: lotPage(account, { after: null, before: null, from: 'start', limit: 1e9 }).lots,
      })),
  };
}
