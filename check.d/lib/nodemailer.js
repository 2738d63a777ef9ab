// Sends mail with nodemailer: standard input holds the jobs as JSON; a line for each says "ok" or what went wrong.
'use strict';

const fs = require('fs');
const path = require('path');
const nodemailer = require(path.join(__dirname, '..', 'node_modules', 'nodemailer'));

async function run(job) {
    const transport = nodemailer.createTransport(job.transport);
    try {
        const envelope = { from: job.from, to: job.to };
        const sent = job.files.map((file) => transport.sendMail({ envelope, raw: fs.readFileSync(file) }));
        for (const result of await Promise.all(sent)) {
            if (result.rejected.length > 0) {
                throw new Error(`refused: ${result.rejected}`);
            }
        }
    } finally {
        transport.close();
    }
}

async function main() {
    for (const job of JSON.parse(fs.readFileSync(0, 'utf8'))) {
        console.log(await run(job).then(() => 'ok', (error) => `${error.message}`.replace(/\s+/g, ' ')));
    }
}

main();
