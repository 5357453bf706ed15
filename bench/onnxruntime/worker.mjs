// One side of a comparison: ONNX Runtime, under the protocol of bench/pytorch/worker.py.
// usage: node worker.mjs FOLDER THREADS CHANNELS HEIGHT WIDTH; onnxruntime-node is looked for in the folder ONNXRUNTIME.
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const checkedOutputs = 64; // as bench/pytorch/works.py
const ort = createRequire(join(process.env.ONNXRUNTIME, 'package.json'))('onnxruntime-node');
const [folder, threads, ...sides] = process.argv.slice(2);
const shape = sides.map(Number);
const one = shape.reduce((a, b) => a * b);
let session;
let input;

/** The first images of the file that all contestants share. */
function images(count) {
    const bytes = Buffer.alloc(4 * count * one);
    const file = openSync(join(folder, 'images.f32'));
    for (let read = 0; read < bytes.length;) read += readSync(file, bytes, read, bytes.length - read, read);
    closeSync(file);
    return new ort.Tensor('float32', new Float32Array(bytes.buffer, bytes.byteOffset, count * one), [count, ...shape]);
}

/** Starts the peak of resident memory anew where the kernel allows it. */
function resetPeak() {
    try {
        writeFileSync('/proc/self/clear_refs', '5\n');
        return true;
    } catch {
        return false;
    }
}

const logits = async () => (await session.run({ input }))[session.outputNames[0]];
const commands = {
    async load() {
        session = await ort.InferenceSession.create(join(folder, 'network.onnx'), { intraOpNumThreads: Number(threads), interOpNumThreads: 1 });
        return {};
    },
    async open(count) {
        const reset = resetPeak();
        input = images(Number(count));
        return { reset };
    },
    async check() {
        const output = await logits();
        return { values: Array.from(output.data.slice(0, checkedOutputs)), output: output.dims };
    },
    async run(count) {
        const seconds = [];
        for (let i = 0; i < Number(count); i++) {
            const start = process.hrtime.bigint();
            await logits();
            seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
        }
        return { seconds };
    },
    async memory() {
        return { peak: 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) };
    },
};

console.log(JSON.stringify({ ready: `ONNX Runtime ${ort.env.versions.node}` }));
for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...rest] = line.trim().split(' ');
    console.log(JSON.stringify(await commands[command](...rest)));
}
