import { type MouseEvent, type PointerEvent, useRef } from 'react';

interface Place {
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * Returns the handlers of a button that counts a press also if the button moves meanwhile, as when
 * a preview arrives above it. A browser gives no click otherwise: the pointer goes down on the
 * button and up beside it.
 *
 * As with every button, a pointer that is moved away before it goes up presses nothing. The second
 * click of a double click does nothing either: the first one may have put this button there.
 */
export function useSteadyPress(onPress: (() => void) | undefined) {
  const pressedAt = useRef<Place>(undefined);
  return {
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      pressedAt.current = { clientX: event.clientX, clientY: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onClick(event: MouseEvent<HTMLButtonElement>) {
      const wasLeft = !isAt(event, pressedAt.current) && !isInside(event);
      if (event.detail > 1 || (event.detail === 1 && wasLeft)) event.preventDefault();
      else onPress?.();
    },
  };
}

/** A hand that holds still moves the pointer by this much, in CSS pixels. */
const stillPx = 4;

function isAt({ clientX, clientY }: Place, place: Place | undefined): boolean {
  if (place === undefined) return false;
  return Math.hypot(clientX - place.clientX, clientY - place.clientY) <= stillPx;
}

function isInside({ clientX, clientY, currentTarget }: MouseEvent<HTMLButtonElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
