import { useEffect, useState } from 'react';
import { serverClock } from '../client/server-clock';

/** Returns the server's time, updated every second. */
export function useClock(): Date {
  const [now, setNow] = useState(serverTime);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverTime()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const serverTime = () => new Date(serverClock.now());
