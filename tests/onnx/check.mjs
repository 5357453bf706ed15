// Runs the files that OnnxCheck has exported in ONNX Runtime and compares their results with our own forward.
// usage: node check.mjs FOLDER [--update GOLDEN TABLE]; onnxruntime-node is looked for in the folder ONNXRUNTIME.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tolerance = 1e-4; // of the largest output: single ones can lie near zero
const leastSpread = 0.01; // of the largest output, between images: what does not depend on its input proves little
const samples = 24; // outputs of each small network that the golden file keeps
const ort = createRequire(join(process.env.ONNXRUNTIME, 'package.json'))('onnxruntime-node');
const [folder, update, goldenPath, tablePath] = process.argv.slice(2);
const { batches, cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));

const floats = (name) => {
    const bytes = readFileSync(join(folder, name));
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};
const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

async function run(each, file) {
    const path = join(folder, file);
    const session = await ort.InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });
    const [output] = session.outputNames;
    let worst = 0;
    let last;
    for (const batch of batches) {
        const input = new ort.Tensor('float32', floats(`${each.stem}.${batch}.input`), [batch, ...each.input]);
        last = (await session.run({ input }))[output];
        const ours = floats(`${each.stem}.${batch}.output`);
        const scale = largestOf(ours);
        if (last.dims[0] !== batch || last.data.length !== ours.length || !(scale > 0))
            throw new Error(`${each.name}: ONNX Runtime gives [${last.dims}], we ${ours.length} values, the largest ${scale}`);
        for (let i = 0; i < ours.length; i++) {
            const difference = Math.abs(last.data[i] - ours[i]) / scale;
            worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
        }
    }
    // The last batch has several images.
    const one = last.data.length / last.dims[0];
    const spread = largestOf(last.data.slice(0, one).map((value, i) => value - last.data[one + i])) / largestOf(last.data);
    await session.release();
    const bytes = readFileSync(path);
    return { worst, spread, output, last, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const rows = [];
const golden = {};
for (const each of cases) {
    const plain = await run(each, `${each.stem}.onnx`);
    const folded = await run(each, `${each.stem}.folded.onnx`);
    rows.push({ ...each, plain, folded });
    if (each.isSmall) {
        const data = plain.last.data;
        const count = Math.min(samples, data.length);
        golden[each.name] = {
            sha256: plain.sha256,
            sha256_folded: folded.sha256,
            count: data.length,
            largest: Number(largestOf(data).toPrecision(9)),
            samples: Array.from({ length: count }, (_, i) => Number(data[Math.floor((i * data.length) / count)].toPrecision(9))),
        };
    }
}

const power = (value) => value.toExponential(1);
const table = [
    '| network | parameters | file, MB | output | largest difference | with batch norms folded | between images |',
    '|---|---:|---:|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row.name} | ${row.parameters.toLocaleString('en-US')} | ${(row.plain.bytes / 1e6).toFixed(1)} | ${row.plain.output} [N, ${row.plain.last.dims.slice(1).join(', ')}] | ${power(row.plain.worst)} | ${power(row.folded.worst)} | ${row.plain.spread.toFixed(2)} |`),
].join('\n');
console.log(table);

const worst = Math.max(...rows.flatMap((row) => [row.plain.worst, row.folded.worst]));
const version = ort.env.versions.node;
console.log(`\n${rows.length} networks, batches of ${batches.join(' and ')}, ONNX Runtime ${version}: largest difference ${power(worst)} of the largest output, at most ${power(tolerance)} allowed`);
const dull = rows.filter((row) => !(row.plain.spread >= leastSpread));
if (dull.length > 0) console.log(`outputs hardly depend on the images: ${dull.map((row) => row.name).join(', ')}`);
if (!(worst <= tolerance) || dull.length > 0) process.exit(1);

if (update === '--update') {
    const lines = Object.entries(golden).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    writeFileSync(goldenPath, `{\n  "made_by": "tests/onnx/check.sh --update",\n  "onnxruntime": "${version}",\n  "networks": {\n${lines.join(',\n')}\n  }\n}\n`);
    writeFileSync(tablePath, `# Exported networks in ONNX Runtime

Each network gets weights and batch-norm statistics from a formula, is exported, run in ONNX Runtime ${version} (CPU, float32) and by our
own forward on the same images, in batches of ${batches.join(' and ')}. The difference is the largest one of all outputs, relative to the largest
output; at most ${power(tolerance)} is allowed. "Between images" is how far the outputs of two images are apart, on the same scale. Made by \`tests/onnx/check.sh --update\`.

${table}
`);
}
