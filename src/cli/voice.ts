import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { TextStream } from '../report/text-stream.ts';

/** The options that say how to talk, as commander reads them; `output` is the format of a result on stdout, or a file. */
export interface VoiceFlags {
  readonly logFormat?: 'text' | 'json';
  readonly quiet?: true;
  readonly color?: boolean;
  readonly output?: string;
}

/**
 * A voice tells what commands have to say beside their results: people read it on stderr, machines as one JSON object a line,
 * on stdout where the events of a run are too, and on stderr where stdout carries a result.
 */
export interface Voice {
  readonly listen: (flags: VoiceFlags) => void;
  /** Tells diagnostics, errors last so that they stay in sight. */
  readonly tell: (diagnostics: readonly Diagnostic[]) => Promise<void>;
  readonly tellError: (error: unknown) => Promise<void>;
  /** Says on stdout what was done; with `--quiet` nothing. */
  readonly say: (sentence: string) => void;
  /** Says something in passing to a person. */
  readonly remark: (sentence: string) => void;
}

interface VoiceStreams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly environment: NodeJS.ProcessEnv;
}

const RESULT_FORMATS: ReadonlySet<string> = new Set(['table', 'json', 'csv']);

/** A voice that speaks text, until it hears otherwise. */
export function createVoice({ stdout, stderr, environment }: VoiceStreams): Voice {
  let flags: VoiceFlags = {};
  const isJson = () => flags.logFormat === 'json';
  const hasResult = () => RESULT_FORMATS.has(flags.output ?? '');
  const writeJson = (value: object) => (hasResult() ? stderr : stdout).write(`${JSON.stringify(value)}\n`);

  const tell = async (diagnostics: readonly Diagnostic[]) => {
    const ordered = [...diagnostics].sort(
      (a, b) => Number(a.severity === 'error') - Number(b.severity === 'error'),
    );
    if (isJson()) {
      const { diagnosticEvent } = await import('../report/json-event.ts');
      for (const diagnostic of ordered) writeJson(diagnosticEvent(diagnostic, new Date()));
      return;
    }
    const { colorsFor } = await import('../report/colors.ts');
    const { diagnosticText } = await import('../report/diagnostic-text.ts');
    const colors = colorsFor(stderr, { color: flags.color !== false, environment });
    for (const diagnostic of ordered) stderr.write(`${diagnosticText(diagnostic, colors)}\n\n`);
  };
  return {
    listen: (heard) => {
      flags = heard;
    },
    tell,
    tellError: async (error) => {
      const { diagnosticsOf } = await import('./failure.ts');
      await tell(diagnosticsOf(error));
    },
    say: (sentence) => {
      if (isJson()) writeJson({ event: 'stage_note', at: new Date(), message: sentence });
      else if (flags.quiet !== true) stdout.write(`${sentence}\n`);
    },
    remark: (sentence) => {
      if (!isJson()) stderr.write(`${sentence}\n`);
    },
  };
}
