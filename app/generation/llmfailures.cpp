// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/generation/llmfailures.h"

#include "app/base/visibletext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace {

/** The context of this file's words for translators. */
struct FailureWords
{
    Q_DECLARE_TR_FUNCTIONS(LlmGenerator)
};

/** The endpoint's own words as the end of a sentence. */
QString quotedEnd(const LlmError &error)
{
    return error.message.isEmpty() ? QStringLiteral(".")
                                   : QStringLiteral(": \"%1\".").arg(error.message);
}

GenerationFailure transportFailure(const HttpReply &reply)
{
    GenerationFailure failure;
    failure.message = reply.error;
    switch (reply.cause) {
    case HttpReply::Cause::Aborted:
        failure.kind = GenerationFailure::Kind::Cancelled;
        break;
    case HttpReply::Cause::TooLarge:
        failure.kind = GenerationFailure::Kind::TooLarge;
        break;
    default:
        failure.kind = GenerationFailure::Kind::Unreachable;
        break;
    }
    return failure;
}

QString keySentence(const LlmEndpoint &endpoint, const LlmError &error)
{
    if (endpoint.profile.key.isEmpty()) {
        return FailureWords::tr("%1 wants a key, and the generator \"%2\" has none. Enter one in "
                                "the generator settings%3")
            .arg(endpoint.place(), endpoint.profile.name, quotedEnd(error));
    }
    return FailureWords::tr("%1 refuses the key of the generator \"%2\" (status %3)%4")
        .arg(endpoint.place(), endpoint.profile.name, QString::number(error.status),
             quotedEnd(error));
}

QString noApiSentence(const LlmEndpoint &endpoint)
{
    const QString url = endpoint.dialect->url(endpoint.profile.base).toString(QUrl::RemoveUserInfo);
    const bool wantsVersion = endpoint.profile.kind == GeneratorProfile::Kind::OpenAi &&
                              !endpoint.profile.base.path().contains(QLatin1String("/v"));
    return wantsVersion
               ? FailureWords::tr("There is nothing at %1. The address of such an API mostly ends "
                                  "with /v1; check it.")
                     .arg(url)
               : FailureWords::tr("There is nothing at %1. Check the generator's address and kind.")
                     .arg(url);
}

void describeError(const LlmEndpoint &endpoint, const LlmOutcome &outcome,
                   GenerationFailure &failure)
{
    using Kind = GenerationFailure::Kind;
    const LlmError &error = *outcome.error;
    if (error.status >= 300 && error.status < 400) {
        failure.kind = Kind::Misused;
        failure.message =
            FailureWords::tr("%1 sends the request on to %2, which is not followed, since the key "
                             "would go along. If that is right, enter it as the address.")
                .arg(endpoint.place(), oneLine(endpoint.scrubbed(
                                           QString::fromUtf8(outcome.reply.location.left(200)))));
    } else if (error.meansQuota()) {
        failure.kind = Kind::Quota;
        failure.message = FailureWords::tr("The account at %1 is exhausted%2")
                              .arg(endpoint.place(), quotedEnd(error));
    } else if (error.status == 401 || error.status == 403) {
        failure.kind = Kind::KeyRefused;
        failure.message = keySentence(endpoint, error);
    } else if (error.status == 429) {
        failure.kind = Kind::RateLimited;
        failure.retryAfter = outcome.retryAfter;
        failure.message = FailureWords::tr("%1 takes no more requests for now%2")
                              .arg(endpoint.place(), quotedEnd(error));
    } else if (error.status >= 500 || error.status == 408 || error.status == 409) {
        failure.kind = Kind::Unreachable;
        failure.retryAfter = outcome.retryAfter;
        failure.message = FailureWords::tr("%1 is in trouble (status %2)%3")
                              .arg(endpoint.place())
                              .arg(error.status)
                              .arg(quotedEnd(error));
    } else if (error.meansUnknownModel()) {
        failure.kind = Kind::Misused;
        failure.message = FailureWords::tr("%1 knows no model \"%2\"%3")
                              .arg(endpoint.place(), endpoint.profile.model, quotedEnd(error));
    } else if ((error.status == 404 || error.status == 405) && !error.isOwnForm) {
        failure.kind = Kind::Misused;
        failure.message = noApiSentence(endpoint);
    } else {
        failure.kind = Kind::Misused;
        failure.message = FailureWords::tr("%1 refuses the request (status %2)%3")
                              .arg(endpoint.place())
                              .arg(error.status)
                              .arg(quotedEnd(error));
    }
}

} // namespace

bool isWorthRetrying(const LlmOutcome &outcome)
{
    if (outcome.error) {
        const int status = outcome.error->status;
        return (status == 408 || status == 409 || status == 429 || status >= 500) &&
               !outcome.error->meansQuota();
    }
    if (outcome.reply.kind == HttpReply::Kind::Answered) {
        // A stream that just ends was cut off by someone on the way.
        return outcome.answer.isOwnForm && !outcome.answer.isComplete;
    }
    switch (outcome.reply.cause) {
    case HttpReply::Cause::Refused:
    case HttpReply::Cause::HostNotFound:
    case HttpReply::Cause::Proxy:
    case HttpReply::Cause::Closed:
    case HttpReply::Cause::Other:
        return true;
    default:
        // After the deadline the user has waited long enough; the others come out the same.
        return false;
    }
}

std::chrono::milliseconds backOff(int retry, double random)
{
    const double seconds = std::min(0.5 * std::pow(2.0, std::clamp(retry, 0, 10)), 8.0);
    return std::chrono::milliseconds(qint64(seconds * 1000 * (1 - 0.25 * random)));
}

GenerationFailure failureOf(const LlmEndpoint &endpoint, const LlmOutcome &outcome)
{
    GenerationFailure failure;
    if (outcome.error) {
        describeError(endpoint, outcome, failure);
    } else if (outcome.reply.kind != HttpReply::Kind::Answered) {
        failure = transportFailure(outcome.reply);
    } else if (outcome.answer.isRefused) {
        failure.kind = GenerationFailure::Kind::Refused;
        const QString reason = cutText(oneLine(outcome.answer.refusal.simplified()), 300);
        failure.message =
            reason.isEmpty() ? FailureWords::tr("The model declines to answer this prompt.")
                             : FailureWords::tr("The model declines to answer: \"%1\"").arg(reason);
    } else if (!outcome.answer.isOwnForm) {
        failure.kind = GenerationFailure::Kind::Misused;
        failure.message =
            FailureWords::tr("%1 answers, but not as an API of the kind \"%2\". Check the "
                             "generator's address and kind.")
                .arg(endpoint.place(), toString(endpoint.profile.kind));
    } else {
        failure.kind = GenerationFailure::Kind::Unreachable;
        failure.message =
            FailureWords::tr("%1 ended its answer in the middle.").arg(endpoint.place());
    }
    return failure;
}
