import { useEffect, useState } from 'react';
import { demoToken, roleChoices, type RoleChoice } from './gateway.ts';

/** Somebody to ask as. */
export interface Persona {
  role: string;
  /** Code of an organization; the account's usual place when empty. */
  place: string;
}

const remembered = 'frontline:persona';

/** Who was picked last in this browser tab. */
function lastPersona(): Persona {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '') as Persona;
  } catch {
    return { role: '', place: '' };
  }
}

/** Lets one ask as a demo account of any role; gives the token to whoever sends the queries. */
export function RolePicker({ onToken }: { onToken(token: string | undefined): void }) {
  const [choices, setChoices] = useState<RoleChoice[]>([]);
  const [persona, setPersona] = useState(lastPersona);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    void roleChoices().then(setChoices);
  }, []);

  useEffect(() => {
    let overtaken = false;
    sessionStorage.setItem(remembered, JSON.stringify(persona));
    setProblem(undefined);
    if (!persona.role) onToken(undefined);
    else
      void demoToken(persona.role, persona.place).then((answer) => {
        if (overtaken) return;
        if ('token' in answer) onToken(answer.token);
        else {
          onToken(undefined);
          setProblem(answer.problem);
        }
      });
    return () => {
      overtaken = true;
    };
  }, [persona, onToken]);

  return (
    <form className="role-picker" onSubmit={(event) => event.preventDefault()}>
      <label>
        身份 · Ask as{' '}
        <select
          name="role"
          value={persona.role}
          onChange={(event) => setPersona({ ...persona, role: event.target.value })}
        >
          <option value="">未登录 · Nobody (not signed in)</option>
          {choices.map(({ role, title }) => (
            <option key={role} value={role}>
              {title} ({role})
            </option>
          ))}
        </select>
      </label>
      <label>
        地点 · Place{' '}
        <input
          name="place"
          placeholder="默认 · default"
          title="单位代码 · code of an organization"
          defaultValue={persona.place}
          onBlur={(event) => setPersona({ ...persona, place: event.target.value.trim() })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setPersona({ ...persona, place: event.currentTarget.value.trim() });
          }}
        />
      </label>
      {problem && <span role="alert">{problem}</span>}
    </form>
  );
}
