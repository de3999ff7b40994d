// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/httpclient.h"

/** What is known, besides its reply, of a call that was not answered in full. */
struct HttpFailure
{
    /** Certainly not one byte of the request's body has left this machine. */
    bool isUnsent = false;
    /** The error in the words of the network layer. */
    QString transport;
    /** The Content-Encoding that came. */
    QByteArray encoding;
};

/** Returns the cause that Qt's error stands for. */
HttpReply::Cause causeOf(QNetworkReply::NetworkError error);
/** Returns one sentence for the user that says what happened; without any header of the request. */
QString sentenceOf(const HttpRequest &request, const HttpReply &reply, const HttpFailure &failure);
