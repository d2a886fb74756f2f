import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';

export interface Tab {
  readonly name: string;
  readonly content: (isShown: boolean) => ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The index of the tab that is selected at first. */
  readonly first: number;
}

/**
 * Tabs by the ARIA pattern: arrow keys, Home and End select a tab. Hidden panels stay mounted, so a
 * form keeps its input and its idempotency keys.
 */
export function Tabs({ label, tabs, first }: TabsProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [selected, select] = useState(first);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextTab(event.key, selected, tabs.length);
    if (next === null) return;
    event.preventDefault();
    select(next);
    box.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div className="tabs" ref={box}>
      <div role="tablist" aria-label={label} onKeyDown={onKeyDown} tabIndex={-1}>
        {tabs.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === selected}
            aria-controls={`${id}-panel-${index}`}
            tabIndex={index === selected ? 0 : -1}
            onClick={() => select(index)}
          >
            {name}
          </button>
        ))}
      </div>
      <TabPanels id={id} tabs={tabs} selected={selected} />
    </div>
  );
}

interface TabPanelsProps {
  readonly id: string;
  readonly tabs: readonly Tab[];
  readonly selected: number;
}

function TabPanels({ id, tabs, selected }: TabPanelsProps) {
  return tabs.map(({ name, content }, index) => (
    <div
      key={name}
      role="tabpanel"
      id={`${id}-panel-${index}`}
      aria-labelledby={`${id}-tab-${index}`}
      hidden={index !== selected}
    >
      {content(index === selected)}
    </div>
  ));
}

function nextTab(key: string, selected: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (selected + 1) % count;
    case 'ArrowLeft':
      return (selected + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
