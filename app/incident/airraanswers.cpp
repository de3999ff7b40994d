// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incident/airraanswers.h"

#include "app/base/utctime.h"
#include "app/base/visibletext.h"
#include "app/net/retrypolicy.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>

namespace {

constexpr qsizetype MaximumDetail = 300;
/** In digits; from 2^53 on, which has 16, a double does not hold every integer. */
constexpr qsizetype LongestExactNumber = 15;
/** A shorter key is too likely to be a part of some word or id. */
constexpr qsizetype ScrubbedKeyLength = 8;

/** Only there to give the sentences their context for translation. */
struct AirraWords
{
    Q_DECLARE_TR_FUNCTIONS(AirraApi)
};

std::optional<int> countOf(const QJsonObject &object, QLatin1String number, QLatin1String array)
{
    const QJsonObject context = object.value(QLatin1String("context")).toObject();
    for (const QJsonObject &place : {object, context}) {
        if (place.value(number).isDouble()) {
            return place.value(number).toInt();
        }
        if (place.value(array).isArray()) {
            return int(place.value(array).toArray().size());
        }
    }
    return std::nullopt;
}

/** Ends a sentence with what the server said, where it said something. */
QString withDetail(const QString &sentence, const QString &detail)
{
    if (detail.isEmpty()) {
        return sentence;
    }
    const QString whole = detail.endsWith(u'.') ? detail : QString(detail + u'.');
    return AirraWords::tr("%1 The server says: %2").arg(sentence, whole);
}

QString rejection(int status)
{
    switch (status) {
    case 400:
        return AirraWords::tr(
            "The server refused the request (400). If it complains about the host "
            "header, use the host name that the server allows.");
    case 401:
        return AirraWords::tr("The server asks for an API key (401). Give one with "
                              "TIMELINE_API_KEY or in the settings.");
    case 403:
        return AirraWords::tr("The server does not accept this API key (403). Check the key.");
    case 404:
        return AirraWords::tr("The server does not know what was asked for (404). Check that the "
                              "target ends with /api/v1 and that the scenario exists there.");
    case 405:
        return AirraWords::tr(
            "The server does not take this kind of request here (405). Check that "
            "the target ends with /api/v1.");
    case 422:
        return AirraWords::tr("The server found the incident incomplete or wrong (422). Correct it "
                              "in the timeline.");
    case 503:
        return AirraWords::tr("The server cannot take this incident (503). In production mode it "
                              "refuses every incident that carries metrics or is started by its "
                              "simulator, and takes prompts without metrics alone.");
    default:
        return AirraWords::tr("The server refused the request (%1).").arg(status);
    }
}

/** The limit that the headers of a 429 state, as in "RateLimit-Policy: 5;w=60"; else empty. */
QString limitIn(const HttpReply &reply)
{
    static const QRegularExpression policy(QStringLiteral("(\\d{1,6})\\s*;\\s*w=(\\d{1,6})"));
    const QRegularExpressionMatch match =
        policy.match(QString::fromLatin1(reply.hints.value("ratelimit-policy")));
    return match.hasMatch()
               ? AirraWords::tr("its limit is %1 in %2 s").arg(match.captured(1), match.captured(2))
               : QString();
}

/** The place of the quote that ends the string that begins there, or of the end of the text. */
qsizetype endOfString(const QByteArray &text, qsizetype begin)
{
    qsizetype at = begin + 1;
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return std::min(at, text.size());
}

/** Behind the last letter of the number that begins there. */
qsizetype endOfNumber(const QByteArray &text, qsizetype begin)
{
    qsizetype at = begin;
    while (at < text.size() && QByteArrayView("+-.0123456789eE").contains(text[at])) {
        ++at;
    }
    return at;
}

bool isInteger(QByteArrayView number)
{
    return std::all_of(number.begin() + (number.startsWith('-') ? 1 : 0), number.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

/** A failed analysis is no failure of the send, but worth a sentence. */
void noteAnalysis(SendOutcome &outcome, const QJsonObject &incident)
{
    if (outcome.analysis != QLatin1String("failed")) {
        return;
    }
    const QString why =
        cutText(oneLine(incident.value(QLatin1String("context"))
                            .toObject()
                            .value(QLatin1String("error"))
                            .toString(incident.value(QLatin1String("error")).toString())
                            .simplified()),
                MaximumDetail);
    outcome.error =
        why.isEmpty()
            ? AirraWords::tr("The incident was created, but its analysis failed.")
            : AirraWords::tr("The incident was created, but its analysis failed: %1").arg(why);
}

SendOutcome createdOf(const QJsonObject &answer, const IncidentRequest &request)
{
    if (request.route == IncidentRequest::Route::QuickIncident) {
        return AirraAnswers::outcomeOf(answer);
    }
    SendOutcome outcome;
    outcome.kind = SendOutcome::Kind::Created;
    outcome.incidentId = AirraAnswers::idOf(answer.value(QLatin1String("incident_id")));
    outcome.analysis = answer.value(QLatin1String("status")).toString();
    outcome.hypotheses =
        countOf(answer, QLatin1String("hypotheses_count"), QLatin1String("hypotheses"));
    outcome.actions = countOf(answer, QLatin1String("actions_count"), QLatin1String("actions"));
    noteAnalysis(outcome, answer);
    return outcome;
}

} // namespace

namespace AirraAnswers {

QString scrubbed(QString text, const QByteArray &key)
{
    if (!key.isEmpty()) {
        text.replace(QString::fromUtf8(key), QStringLiteral("***"));
    }
    return text;
}

QJsonValue scrubbed(const QJsonValue &value, const QByteArray &key)
{
    if (key.size() < ScrubbedKeyLength) {
        return value;
    }
    if (value.isString()) {
        return scrubbed(value.toString(), key);
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue element : value.toArray()) {
            array.append(scrubbed(element, key));
        }
        return array;
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        QJsonObject out;
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            out.insert(scrubbed(it.key(), key), scrubbed(it.value(), key));
        }
        return out;
    }
    return value;
}

QString detailOf(const HttpReply &reply, const QByteArray &key)
{
    QString text;
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (document.isObject()) {
        const QJsonObject object = document.object();
        const QJsonValue detail = object.value(QLatin1String("detail"));
        if (detail.isArray()) {
            QStringList problems;
            for (const QJsonValue entry : detail.toArray()) {
                QStringList place;
                for (const QJsonValue step :
                     entry.toObject().value(QLatin1String("loc")).toArray()) {
                    place.append(step.toVariant().toString());
                }
                const QString message = entry.toObject().value(QLatin1String("msg")).toString();
                problems.append(place.isEmpty() ? message
                                                : place.join(QLatin1Char('.')) +
                                                      QStringLiteral(": ") + message);
            }
            text = problems.join(QStringLiteral("; "));
        } else if (detail.isObject()) {
            text =
                QString::fromUtf8(QJsonDocument(detail.toObject()).toJson(QJsonDocument::Compact));
        } else {
            text = detail.toString();
        }
        for (const auto *name : {"message", "error"}) {
            if (text.isEmpty()) {
                text = object.value(QLatin1String(name)).toString();
            }
        }
    } else if (reply.contentType.startsWith("text/plain")) {
        text = QString::fromUtf8(reply.body.left(4 * MaximumDetail));
    }
    // Scrubbed before it is cut, which might leave half a key.
    return cutText(oneLine(scrubbed(text, key).simplified()), MaximumDetail);
}

SendOutcome outcomeOf(const HttpReply &reply, const IncidentRequest &request, const QByteArray &key,
                      const QDateTime &nowUtc)
{
    SendOutcome outcome;
    outcome.httpStatus = reply.status;
    const auto uncertain = [&outcome](const QString &what, const QString &detail = {}) {
        outcome.kind = SendOutcome::Kind::Uncertain;
        outcome.error =
            withDetail(AirraWords::tr("%1 An incident may have been created.").arg(what), detail);
        return outcome;
    };

    const int status = reply.status;
    const bool clearNo = status >= 300 && status < 500;
    if (reply.kind == HttpReply::Kind::NotReached) {
        outcome.kind = SendOutcome::Kind::NotReached;
        outcome.error = AirraWords::tr("%1 No incident was created.").arg(reply.error);
        return outcome;
    }
    // A no is a no, even if the rest of its explanation went missing.
    if (reply.kind == HttpReply::Kind::Uncertain && !clearNo) {
        return uncertain(reply.error);
    }

    const QString detail = detailOf(reply, key);
    if (status >= 200 && status < 300) {
        QJsonParseError error;
        const QJsonDocument document = documentOf(reply.body, &error);
        if (error.error != QJsonParseError::NoError || !document.isObject()) {
            return uncertain(
                AirraWords::tr("The server answered with success (%1), but not with an incident.")
                    .arg(status));
        }
        SendOutcome created =
            createdOf(scrubbed(QJsonValue(document.object()), key).toObject(), request);
        if (created.incidentId.isEmpty()) {
            return uncertain(
                AirraWords::tr(
                    "The server answered with success (%1), but without the incident's id.")
                    .arg(status));
        }
        created.httpStatus = status;
        return created;
    }
    if (status == 429 || (status == 503 && !reply.retryAfter.isEmpty())) {
        outcome.kind = SendOutcome::Kind::RateLimited;
        outcome.retryAfter = parseRetryAfter(reply.retryAfter, nowUtc);
        outcome.error = withDetail(
            status == 429
                ? AirraWords::tr("The server takes no more incidents for the moment (429).")
                : AirraWords::tr("The server asks to come back later (503)."),
            detail.isEmpty() ? limitIn(reply) : detail);
        return outcome;
    }
    if (status >= 300 && status < 400) {
        outcome.kind = SendOutcome::Kind::Rejected;
        if (reply.location.isEmpty()) {
            outcome.error = withDetail(
                AirraWords::tr("The server answered with a redirection that leads nowhere (%1), so "
                               "no incident was created. Check the target's address.")
                    .arg(status),
                detail);
            return outcome;
        }
        const QUrl location = QUrl::fromEncoded(reply.location);
        outcome.error =
            AirraWords::tr(
                "The server points elsewhere (%1), to %2, which is not followed. Correct "
                "the target if that is the right place.")
                .arg(status)
                .arg(cutText(
                    oneLine(scrubbed(
                        location.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery), key)),
                    MaximumDetail));
        return outcome;
    }
    if (clearNo || status == 503) {
        outcome.kind = SendOutcome::Kind::Rejected;
        outcome.error = withDetail(rejection(status), detail);
        return outcome;
    }
    return uncertain(
        AirraWords::tr("The server failed while it worked on the request (%1).").arg(status),
        detail);
}

SendOutcome outcomeOf(const QJsonObject &incident)
{
    SendOutcome outcome;
    outcome.kind = SendOutcome::Kind::Created;
    outcome.incidentId = idOf(incident.value(QLatin1String("id")));
    outcome.analysis = incident.value(QLatin1String("status")).toString();
    outcome.hypotheses =
        countOf(incident, QLatin1String("hypotheses_count"), QLatin1String("hypotheses"));
    outcome.actions = countOf(incident, QLatin1String("actions_count"), QLatin1String("actions"));
    outcome.incident = incident;
    noteAnalysis(outcome, incident);
    return outcome;
}

QString idOf(const QJsonValue &value)
{
    if (value.isDouble() && std::floor(value.toDouble()) == value.toDouble()) {
        return QString::number(value.toInteger());
    }
    return boundedId(value.toString());
}

QJsonDocument documentOf(const QByteArray &body, QJsonParseError *error)
{
    QByteArray text;
    qsizetype copied = 0; // so far into the text
    bool isIdNext = false;
    for (qsizetype at = 0; at < body.size();) {
        const char c = body[at];
        if (c == '"') {
            const qsizetype end = endOfString(body, at);
            const QByteArrayView inside = QByteArrayView(body).sliced(at + 1, end - at - 1);
            isIdNext = inside == "id" || inside.endsWith("_id");
            at = end + 1;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            const qsizetype end = endOfNumber(body, at);
            const QByteArrayView number = QByteArrayView(body).sliced(at, end - at);
            if (isIdNext && end - at > LongestExactNumber && isInteger(number)) {
                text += body.mid(copied, at - copied) + '"' + number.toByteArray() + '"';
                copied = end;
            }
            isIdNext = false;
            at = end;
        } else {
            isIdNext = isIdNext && (c == ':' || c == ' ' || c == '\t' || c == '\r' || c == '\n');
            ++at;
        }
    }
    return QJsonDocument::fromJson(copied == 0 ? body : text + body.mid(copied), error);
}

QDateTime timeOf(const QJsonValue &value)
{
    return utcFromIso(value.toString());
}

} // namespace AirraAnswers
