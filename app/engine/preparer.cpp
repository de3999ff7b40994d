// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/preparer.h"

#include <QLoggingCategory>

#include <algorithm>

Q_LOGGING_CATEGORY(preparerLog, "orchestrator.preparer", QtWarningMsg)

namespace {

constexpr Duration RateWindow = std::chrono::minutes(1);

/** Asking the same again, for this incident or for any other, would only fail again. */
bool isHopelessForAll(GenerationFailure::Kind kind)
{
    return kind == GenerationFailure::Kind::KeyRefused || kind == GenerationFailure::Kind::Quota ||
           kind == GenerationFailure::Kind::Misused || kind == GenerationFailure::Kind::OverBudget;
}

bool isWorthAnotherTry(GenerationFailure::Kind kind)
{
    return kind == GenerationFailure::Kind::Unreachable ||
           kind == GenerationFailure::Kind::RateLimited ||
           kind == GenerationFailure::Kind::Unusable || kind == GenerationFailure::Kind::TooLarge;
}

} // namespace

Preparer::Preparer(Clock &clock, std::unique_ptr<ScenarioGenerator> generator, Limits limits,
                   QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_generator(std::move(generator))
    , m_limits(limits)
    , m_timer(clock.createTimer(Clock::Precision::Coarse))
{
    connect(m_timer.get(), &ClockTimer::timeout, this, &Preparer::ask);
}

Preparer::~Preparer()
{
    m_isStarted = false;
    for (Entry &entry : m_open) {
        if (entry.job) {
            entry.job->disconnect(this);
            entry.job->cancel();
        }
    }
}

void Preparer::add(int index, Duration delay, const GenerationRequest &request)
{
    Entry entry;
    entry.index = index;
    entry.delay = delay;
    entry.request = request;
    const auto place =
        std::upper_bound(m_open.begin(), m_open.end(), delay,
                         [](Duration wanted, const Entry &other) { return wanted < other.delay; });
    m_open.insert(place, entry);
}

void Preparer::start()
{
    m_isStarted = true;
    ask();
}

Preparer::Entry *Preparer::find(int index)
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
                                    [index](const Entry &entry) { return entry.index == index; });
    return found == m_open.end() ? nullptr : &*found;
}

int Preparer::underWay() const
{
    return int(std::count_if(m_open.begin(), m_open.end(),
                             [](const Entry &entry) { return entry.job != nullptr; }));
}

void Preparer::drop(int index)
{
    Entry *entry = find(index);
    if (!entry) {
        return;
    }
    if (entry->job) {
        entry->job->disconnect(this);
        entry->job->cancel();
    }
    m_open.erase(m_open.begin() + (entry - m_open.data()));
    ask();
}

Instant Preparer::freeAt() const
{
    if (m_limits.requestsPerMinute <= 0 || m_asked.size() < size_t(m_limits.requestsPerMinute)) {
        return m_restUntil;
    }
    return std::max(m_restUntil,
                    m_asked[m_asked.size() - size_t(m_limits.requestsPerMinute)] + RateWindow);
}

void Preparer::ask()
{
    m_timer->disarm();
    while (m_isStarted && underWay() < std::max(1, m_limits.parallel)) {
        const Instant now = m_clock.now();
        const auto next = std::find_if(m_open.begin(), m_open.end(), [now](const Entry &entry) {
            return !entry.job && entry.notBefore <= now;
        });
        if (next == m_open.end() || freeAt() > now) {
            break;
        }
        Entry &entry = *next;
        const int index = entry.index;
        ++entry.tries;
        entry.begun = now;
        m_asked.push_back(now);
        while (m_asked.size() > size_t(std::max(1, m_limits.requestsPerMinute))) {
            m_asked.pop_front();
        }
        entry.job = m_generator->generate(entry.request);
        connect(entry.job, &GenerationJob::noted, this,
                [this, index](const QString &sentence) { Q_EMIT noted(index, sentence); });
        connect(entry.job, &GenerationJob::finished, this,
                [this, index](const GenerationOutcome &outcome) { take(index, outcome); });
        if (entry.tries == 1) {
            Q_EMIT began(index);
        }
    }
    // What keeps the next one back is a pause after a failure, or the provider's limit.
    std::optional<Instant> wake;
    for (const Entry &entry : m_open) {
        if (!entry.job) {
            const Instant at = std::max(entry.notBefore, freeAt());
            wake = wake ? std::min(*wake, at) : at;
        }
    }
    if (m_isStarted && wake && underWay() < std::max(1, m_limits.parallel)) {
        m_timer->armAt(*wake);
    }
}

void Preparer::take(int index, const GenerationOutcome &outcome)
{
    Entry *entry = find(index);
    if (!entry) {
        return;
    }
    entry->job = nullptr;
    const Instant now = m_clock.now();
    if (outcome && !hasErrors(outcome->problems())) {
        const Duration pace = now - entry->begun;
        m_paces.insert(std::upper_bound(m_paces.begin(), m_paces.end(), pace), pace);
        m_open.erase(m_open.begin() + (entry - m_open.data()));
        ask();
        Q_EMIT made(index, *outcome);
        return;
    }
    GenerationFailure failure;
    if (outcome) {
        const QList<QualityProblem> problems = outcome->problems();
        const auto first =
            std::find_if(problems.begin(), problems.end(), [](const QualityProblem &problem) {
                return problem.kind == QualityProblem::Kind::Error;
            });
        failure.message = tr("What was generated breaks a rule: %1").arg(first->message);
    } else {
        failure = outcome.error();
    }
    qCInfo(preparerLog) << "incident" << index << "try" << entry->tries << failure.message;
    if (isHopelessForAll(failure.kind)) {
        m_hopeless = failure.message;
        while (!m_open.empty()) {
            giveUp(m_open.front().index, m_hopeless);
        }
        return;
    }
    const Duration asked = failure.retryAfter.value_or(std::chrono::seconds(0));
    if (!isWorthAnotherTry(failure.kind) || entry->tries >= MaximumTries || asked > LongestPause) {
        giveUp(index, failure.message);
        ask();
        return;
    }
    const Duration pause = std::max<Duration>(FirstPause * (1 << (entry->tries - 1)), asked);
    entry->notBefore = now + pause;
    if (failure.kind == GenerationFailure::Kind::RateLimited) {
        m_restUntil = std::max(m_restUntil, entry->notBefore); // the others would fail as well
    }
    const QString again =
        tr("%1 It is tried again in %2 s.")
            .arg(failure.message,
                 QString::number(std::chrono::ceil<std::chrono::seconds>(pause).count()));
    ask();
    Q_EMIT noted(index, again);
}

void Preparer::giveUp(int index, const QString &why)
{
    Entry *entry = find(index);
    if (entry->job) {
        entry->job->disconnect(this);
        entry->job->cancel();
    }
    m_open.erase(m_open.begin() + (entry - m_open.data()));
    Q_EMIT failed(index, why);
}

std::optional<Instant> Preparer::expected(int index) const
{
    if (m_paces.empty()) {
        return std::nullopt;
    }
    const Duration pace = m_paces[m_paces.size() / 2];
    const Instant now = m_clock.now();
    // Those under way end one pace after they began; each place that becomes free takes the next.
    std::vector<Instant> places(size_t(std::max(1, m_limits.parallel)), now);
    size_t used = 0;
    for (const Entry &entry : m_open) {
        if (!entry.job) {
            continue;
        }
        const Instant end = std::max(now, entry.begun + pace);
        if (entry.index == index) {
            return end;
        }
        if (used < places.size()) {
            places[used++] = end;
        }
    }
    Instant notBefore = std::max(now, freeAt());
    const Duration spacing =
        m_limits.requestsPerMinute > 0 ? RateWindow / m_limits.requestsPerMinute : Duration(0);
    for (const Entry &entry : m_open) {
        if (entry.job) {
            continue;
        }
        const auto place = std::min_element(places.begin(), places.end());
        const Instant begin = std::max({*place, notBefore, entry.notBefore});
        *place = begin + pace;
        notBefore = std::max(notBefore, begin) + spacing;
        if (entry.index == index) {
            return *place;
        }
    }
    return now;
}
