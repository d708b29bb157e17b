import { parentPort, workerData } from 'node:worker_threads';
import { writeQueued } from './write-queue.ts';

parentPort?.postMessage(writeQueued(workerData, 'front'));
