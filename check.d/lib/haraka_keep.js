// A plugin of Haraka: keeps each mail in a file, also those of users who logged in, so that it sends nothing anywhere.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

exports.hook_queue = exports.hook_queue_outbound = function (next, connection) {
    const transaction = connection.transaction;
    const file = fs.createWriteStream(path.join(process.env.HARAKA_MAILS, `mail_${transaction.uuid}.eml`));
    file.once('close', () => next(OK));
    transaction.message_stream.pipe(file);
};
