import { describe, expect, it } from 'vitest';
import { findSessionRequest } from '../../../src/core/session-mode/find-request.ts';

describe('a mode is asked for by', () => {
  it.each([
    ['hulw refactor X and Y', 'hulw'],
    ['hulw', 'hulw'],
    ['  HULW\nrefactor X\nand Y', 'hulw'],
    ['hulw: refactor X', 'hulw'],
    ['ulw, fix the tests', 'ulw'],
    ['ulw 결제 모듈을 리팩터링해 줘', 'ulw'],
    ['hulw 이 함수를 고쳐 줘', 'hulw'],
    ['autopilot build a todo app', 'autopilot'],
    ['autopilot 할 일 앱을 만들어 줘', 'autopilot'],
    ['hulw can you refactor X?', 'hulw'],
    ['hulw "src/a.ts" needs a test', 'hulw'],
    ['hulw @src/a.ts', 'hulw'],
    ['hulw on', 'hulw'],
    ['hulw mode', 'hulw'],
    ['ulw 모드 켜 줘', 'ulw'],
    ['/omcm:hulw refactor X', 'hulw'],
    ['/omcm:ulw', 'ulw'],
    ['/omcm:autopilot build it', 'autopilot'],
  ] as const)('%s', (prompt, mode) => {
    expect(findSessionRequest(prompt)).toEqual({ kind: 'start', mode });
  });
});

describe('an end is asked for by', () => {
  it.each([
    'stop',
    'Stop.',
    'cancel!',
    '중단',
    '취소',
    '중단해',
    '취소해 줘',
    '중단해주세요.',
    'stop hulw',
    'cancel autopilot',
    'ulw stop',
    'hulw 중단',
    'autopilot 취소해줘',
    '중단'.normalize('NFD'),
    '/omcm:cancel-autopilot',
  ])('%s', (prompt) => {
    expect(findSessionRequest(prompt)).toEqual({ kind: 'stop' });
  });
});

describe('nothing is asked for where the word is only spoken of:', () => {
  it.each([
    ['in the middle', 'please explain what hulw does'],
    ['at the end', 'turn on hulw'],
    ['in a sentence about something else', 'how does the autopilot of a plane work?'],
    ['as the subject of a sentence', 'hulw is broken, look at src/hulw.ts'],
    ['as the subject of a Korean one', 'hulw는 무엇인가요?'],
    ['as the subject, apart', 'hulw 는 무엇인가요?'],
    ['as an object', 'hulw를 설명해 줘'],
    ['as the name of a mode', 'ulw mode does not work'],
    ['as the name of a mode, in Korean', 'ulw 모드가 안 돼'],
    ['as the name of a thing', 'autopilot feature: add a test'],
    ['as a question', 'hulw?'],
    ['beside another one', 'hulw and ulw differ in what?'],
    ['in quotes', '"hulw" refactor X'],
    ['in code', '`hulw refactor X`'],
    ['in a block of code', '```\nhulw refactor X\n```'],
    ['as a file', 'hulw.ts has a bug'],
    ['as a call', 'autopilot(1) fails'],
    ['as a variable', 'ulw = 3 is wrong'],
    ['as a path', 'ulw/index.ts is wrong'],
    ['as a part of another word', 'hulwish'],
    ['as a part of a hyphenated word', 'autopilot-like behaviour'],
    ['opencode', 'how do I configure opencode?'],
    ['opencode at the beginning', 'opencode docs are where?'],
    ['stop at the beginning of a task', 'stop the server and start it again'],
    ['stop at the end of one', 'make it stop'],
    ['stop in code', 'stop()'],
    ['stop as a question', 'stop?'],
    ['a Korean stop in a sentence', '서버를 중단하는 방법'],
    ['a Korean stop at the beginning of one', '취소 버튼을 고쳐 줘'],
    ['a notification', '<task-notification>\n<result>hulw refactor X</result>\n</task-notification>'],
    ['a notification about an end', '<task-notification>stop</task-notification>'],
    ['another command', '/clear'],
    ["another plugin's command", '/other:hulw do it'],
    ['a command that is not there', '/omcm:hulwish'],
    ['nothing', ''],
    ['a blank', ' \n '],
  ])('%s', (_how, prompt) => {
    expect(findSessionRequest(prompt)).toBeNull();
  });
});
