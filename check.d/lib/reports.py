"""Delivery status notifications (RFC 3464), read with Python's own email package."""

import email
import email.policy

from .step import Failure, expect, expect_in, expect_true, until


def reports(folder, about):
    """The reports of a Maildir that are about a mail with that Subject field."""
    found = []
    for file in sorted(folder.glob("new/*")):
        text = file.read_bytes()
        if b"multipart/report" in text and about in text and not text.startswith(about):
            found.append(email.message_from_bytes(text, policy=email.policy.default))
    return found


def wait_for_report(folder, about, seconds=30):
    """The one report about a mail."""
    until(lambda: reports(folder, about), seconds, f"no report about {about.decode()} in {folder}")
    found = reports(folder, about)
    expect(len(found), 1, f"reports about {about.decode()}")
    return found[0]


def status_groups(report):
    """The fields of the report: of the mail, and of each recipient."""
    part = list(report.iter_parts())[1]
    if part.get_content_type() == "message/delivery-status":
        return part.get_payload()
    text = part.get_payload(decode=True) or part.get_payload(0).as_bytes(policy=email.policy.SMTPUTF8)
    groups = text.replace(b"\r\n", b"\n").decode().strip().split("\n\n")
    return [email.message_from_string(group, policy=email.policy.default) for group in groups]


def expect_report(report, recipient, status, reporting, action="failed", says="", remote=True):
    """A report is whole, and says this of this recipient."""
    expect(report["Return-Path"].strip(), "<>", "Return-Path of the report")
    expect(report.get_content_type(), "multipart/report", "type of the report")
    expect(report.get_param("report-type"), "delivery-status", "report-type")
    expect_true(report["From"] and report["To"] and report["Date"] and report["Message-ID"] and report["Subject"],
                "a field is missing at the top of the report")
    expect_true((report["Auto-Submitted"] or "").startswith("auto-"), "Auto-Submitted is missing")
    parts = list(report.iter_parts())
    expect_true(len(parts) in (2, 3), f"the report has {len(parts)} parts")
    expect(parts[0].get_content_type(), "text/plain", "first part")
    expect_in(recipient, parts[0].get_content(), "text for people")
    # RFC 6533 has types of its own for what may hold UTF-8.
    expect_true(parts[1].get_content_type() in ("message/delivery-status", "message/global-delivery-status"),
                f"second part is {parts[1].get_content_type()}")
    groups = status_groups(report)
    expect_in(f"dns; {reporting}".replace(" ", ""), groups[0].get("Reporting-MTA", "").replace(" ", ""), "Reporting-MTA")
    for group in groups[1:]:
        if recipient in group.get("Final-Recipient", ""):
            expect_true(group["Final-Recipient"].replace(" ", "") in (f"rfc822;{recipient}", f"utf-8;{recipient}"),
                        f"Final-Recipient: {group['Final-Recipient']}")
            expect(group["Action"].strip(), action, "Action")
            expect_true(group["Status"].strip().startswith(status), f"Status: {group['Status']}, expected {status}")
            if remote:
                expect_in("smtp;", group.get("Diagnostic-Code", "").replace(" ", ""), "Diagnostic-Code")
                expect_true(group.get("Remote-MTA", "").replace(" ", "").startswith("dns;"), "Remote-MTA is missing")
            expect_in(says, group.get("Diagnostic-Code", ""), "Diagnostic-Code")
            break
    else:
        raise Failure(f"the report says nothing of {recipient}: {[dict(group) for group in groups[1:]]}")
    if len(parts) == 3:
        expect_true(parts[2].get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/global",
                                                    "message/global-headers"),
                    f"third part is {parts[2].get_content_type()}")
