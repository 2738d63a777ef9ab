/**
 * Mail by HTTP: {@link org.mailwright.smtp.gateway.http.HttpInlet} takes mail from programs that cannot speak SMTP,
 * {@link org.mailwright.smtp.gateway.http.WebhookDeliverer} posts it to those that want to be told.
 *
 * <p>Reading order: {@link org.mailwright.smtp.gateway.http.HttpInletConfig},
 * {@link org.mailwright.smtp.gateway.http.HttpInlet}, {@code PostHandler} (one request), {@code PostSession} (the
 * session of one mail), {@code RequestThreads} (its bounds); then
 * {@link org.mailwright.smtp.gateway.http.WebhookConfig}, {@link org.mailwright.smtp.gateway.http.WebhookSignature},
 * {@link org.mailwright.smtp.gateway.http.WebhookDeliverer}.
 *
 * <p>Failure cases of the inlet:
 *
 * <ul>
 *   <li>no credentials, or wrong ones: 401, and the body is not looked at; they cannot be checked now: 503;
 *   <li>credentials would travel in clear: the inlet does not start, unless it listens to this host alone or is told
 *       so;
 *   <li>sender or recipients are missing or are none: 400; another method, path or kind of content: 405, 404, 415;
 *   <li>the mail is larger than allowed: 413, however much of it has come;
 *   <li>the client is slow: its connection ends when the time of a request is over, header and body together. A mail
 *       that is whole by then is never interrupted;
 *   <li>more requests come than are served at the same time: they wait within their own time;
 *   <li>the client goes away within the body: the sink is never asked;
 *   <li>a gate or the sink refuses, one recipient suffices: nobody gets the mail, and the answer is the SMTP reply,
 *       403, 413 or 422 when it is final, 503 when it may be tried again;
 *   <li>the answer is lost: the client does not know, and posts the mail again: it is taken twice, as RFC 1047 tells of
 *       SMTP.
 * </ul>
 *
 * <p>Failure cases of the webhook: the host is not there, or does not answer in time before the mail was sent (451, the
 * lane rests when nobody fared better); after it was sent (unknown, tried again: the receiver tells by the idempotency
 * key); 408, 429 and 5xx (451); another 4xx (554); 3xx, which is never followed, for a redirection would be told the
 * mail (451 4.3.5, for the operator to mend); the content cannot be read (451); the lane belongs to another node (not
 * sent); the answer is larger than anybody wants to read (its beginning counts).
 */
@NullMarked
package org.mailwright.smtp.gateway.http;

import org.jspecify.annotations.NullMarked;
