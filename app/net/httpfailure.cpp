// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/httpfailure.h"

#include "app/net/bodydecoder.h"
#include "app/net/trustedcertificates.h"
#include "app/net/webaddress.h"

#include <QCoreApplication>

namespace {

constexpr qsizetype LongestEncoding = 80;

/** Only there to give the sentences their context for translation. */
struct HttpWords
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

QString tlsSentence(const QString &place, const QString &transport)
{
    const QString what =
        HttpWords::tr("No secure connection to %1 could be made: %2.").arg(place, transport);
    // What was meant to vouch for it may not be there.
    const Result<void> trusted = TrustedCertificates::checkEnvironment();
    return trusted ? what : QString(what + QLatin1Char(' ') + trusted.error().message);
}

QString encodingSentence(const QString &place, const QByteArray &encoding)
{
    const QString sentence =
        BodyDecoder::knows(encoding)
            ? HttpWords::tr("%1 sent an answer that isn't compressed as it says (\"%2\").")
            : HttpWords::tr("%1 compressed its answer as \"%2\", which can't be read here; it was "
                            "asked not to compress it.");
    return sentence.arg(place, QString::fromLatin1(encoding.left(LongestEncoding)));
}

} // namespace

HttpReply::Cause causeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return HttpReply::Cause::Refused;
    case QNetworkReply::HostNotFoundError:
        return HttpReply::Cause::HostNotFound;
    case QNetworkReply::SslHandshakeFailedError:
        return HttpReply::Cause::Tls;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return HttpReply::Cause::Proxy;
    case QNetworkReply::TimeoutError:
        return HttpReply::Cause::TimedOut;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return HttpReply::Cause::Closed;
    default:
        return HttpReply::Cause::Other;
    }
}

QString sentenceOf(const HttpRequest &request, const HttpReply &reply, const HttpFailure &failure)
{
    const QString place = webPlace(request.url);
    switch (reply.cause) {
    case HttpReply::Cause::Refused:
        return HttpWords::tr("Nothing answers at %1: the connection was refused.").arg(place);
    case HttpReply::Cause::HostNotFound:
        return HttpWords::tr("There is no host of the name %1.").arg(request.url.host());
    case HttpReply::Cause::Tls:
        return tlsSentence(place, failure.transport);
    case HttpReply::Cause::Proxy:
        return HttpWords::tr("The proxy on the way to %1 could not be used.").arg(place);
    case HttpReply::Cause::TimedOut:
        return (failure.isUnsent ? HttpWords::tr("No connection to %1 was made within %2 s.")
                                 : HttpWords::tr("%1 did not answer in full within %2 s."))
            .arg(place)
            .arg(request.deadline.count() / 1000);
    case HttpReply::Cause::TooLarge:
        return HttpWords::tr("The answer of %1 is larger than %2 MB and was cut off.")
            .arg(place)
            .arg(double(request.maximumBody) / (1024 * 1024), 0, 'g', 3);
    case HttpReply::Cause::Closed:
        return reply.status > 0
                   ? HttpWords::tr("%1 closed the connection in the middle of its answer.")
                         .arg(place)
                   : HttpWords::tr("%1 closed the connection without an answer.").arg(place);
    case HttpReply::Cause::Interim:
        return HttpWords::tr("%1 sent an interim answer (%2), and its final answer can't be read.")
            .arg(place)
            .arg(reply.status);
    case HttpReply::Cause::Encoding:
        return encodingSentence(place, failure.encoding);
    case HttpReply::Cause::Aborted:
        return HttpWords::tr("The call to %1 was cancelled.").arg(place);
    case HttpReply::Cause::None:
    case HttpReply::Cause::Other:
        break;
    }
    return HttpWords::tr("The call to %1 failed: %2.").arg(place, failure.transport);
}
